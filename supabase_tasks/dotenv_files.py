"""The dotenv files that the Supabase CLI reads for `env(NAME)` in config.toml, read as it reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from supabase_tasks.errors import SettingsError

# First value wins (2.122.1, 3.1.0, seen by strace): below supabase/, then next to it.
_NAMES = (".env.development.local", ".env.local", ".env.development", ".env")


def value_of(supabase: Path, name: str) -> str | None:
    """The value that the CLI would find in the dotenv files of the project whose supabase folder this is."""
    return next((values[name] for _, values in _files(supabase) if values.get(name) is not None), None)


def given_value(supabase: Path, name: str) -> str | None:
    """The same, but what the environment says comes first."""
    return os.environ.get(name) or value_of(supabase, name)


def read(path: Path) -> Mapping[str, str | None]:
    """The variables of a dotenv file. Raises `SettingsError` with file and line for a line that
    is none: python-dotenv would leave it out, and the CLI fails on it with thirty lines of its own program."""
    from io import StringIO

    from dotenv.main import DotEnv
    from dotenv.parser import parse_stream

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read", cause=str(error), next_step=f"repair {path}") from error
    # A name without a value is one to python-dotenv, but not to the CLI.
    wrong = next((one for one in parse_stream(StringIO(text)) if one.error or (one.key and one.value is None)), None)
    if wrong is not None:
        # Not the line itself: what is malformed may be a secret.
        blank = len(wrong.original.string) - len(wrong.original.string.lstrip("\n"))
        raise SettingsError(
            f"{path}:{wrong.original.line + blank}: this is not NAME=value",
            next_step=f"repair {path}, line {wrong.original.line + blank}",
            code="malformed-env-file",
        )
    return DotEnv(None, stream=StringIO(text), interpolate=True).dict()


def _files(supabase: Path) -> Iterator[tuple[Path, Mapping[str, str | None]]]:
    for path in (folder / name for folder in (supabase, supabase.parent) for name in _NAMES):
        if path.is_file():
            yield path, read(path)


def require_readable(supabase: Path) -> None:
    """Raises `SettingsError` for the first of those files that is malformed."""
    for _ in _files(supabase):
        pass
