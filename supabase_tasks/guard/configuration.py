"""config.toml for a hosted command: its bytes as they were read, and the files that it names."""

from __future__ import annotations

import glob
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supabase_tasks.errors import GuardError, SettingsError
from supabase_tasks.settings import Settings
from supabase_tasks.supabase_config import DEFAULT_SEED_PATHS

# Files of SQL run when they are asked for, and are not part of the configuration.
_SQL_PATHS = ("sql_paths", "schema_paths")
_LONGEST_PATH = 1000


@dataclass(frozen=True, slots=True)
class Configuration:
    """The bytes of config.toml, and those of the files it names (a mail template, signing keys) by their path in the
    project. The CLI refuses a config.toml whose files are not there (2.122.1, 3.1.0)."""

    data: bytes
    files: Mapping[str, bytes]
    document: Mapping[str, Any]

    @classmethod
    def read(cls, settings: Settings) -> Configuration:
        """What is there now. Raises `SettingsError` when config.toml is missing or not TOML."""
        path = settings.config_toml
        try:
            data = path.read_bytes()
            document = tomllib.loads(data.decode("utf-8"))
        except FileNotFoundError as error:
            raise SettingsError(
                f"{path} does not exist",
                cause="this folder is not a Supabase project yet",
                next_step="supabase-tasks init",
            ) from error
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{path} cannot be read", cause=str(error), next_step=f"repair {path}") from error
        return cls(data, _named_files(settings, document), document)

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")

    def seeds(self, settings: Settings) -> dict[str, bytes]:
        """The seed files of `[db.seed]` and its `[remotes.*]` overrides, by their path in the project.

        Raises `GuardError` for one outside the project's folder, which the CLI would read where it lies.
        """
        found: dict[str, bytes] = {}
        for pattern in self._seed_patterns():
            # Also where nothing is there yet: the CLI would look where it leads when it runs.
            if _leaves(settings, pattern):
                raise _outside(pattern)
            # Not Path.glob: the pattern may begin with `..`.
            for name in sorted(glob.glob(str(settings.supabase / pattern), recursive=True)):  # noqa: PTH207
                inside = _inside(settings, Path(name))
                if inside is None:
                    raise _outside(pattern)
                if _is_file(Path(name)):
                    found[inside] = _bytes(Path(name))
        return found

    def vault(self, ref: str) -> tuple[str, ...]:
        """The secrets that a push writes into the vault of the project `ref`, by name: `[db.vault]` and that of its
        `[remotes.*]` (2.122.1 and 3.1.0, whenever a migration is pending)."""
        return tuple(sorted({name for part in self._for(ref) for name in _table(_table(part, "db"), "vault")}))

    def migrates(self, ref: str) -> bool:
        """Whether the CLI applies migrations to `ref`: `[db.migrations] enabled`."""
        said = [_table(_table(part, "db"), "migrations").get("enabled") for part in self._for(ref)]
        return [True, *(one for one in said if isinstance(one, bool))][-1]

    def _for(self, ref: str) -> Iterator[Mapping[str, Any]]:
        """What config.toml says of a project: all of it, then its own part. One whose project is in a variable may be."""
        yield self.document
        remotes = _table(self.document, "remotes")
        for part in (_table(remotes, name) for name in remotes):
            project = str(part.get("project_id"))
            if project == ref or "env(" in project:
                yield part

    def _seed_patterns(self) -> Iterator[str]:
        remotes = _table(self.document, "remotes")
        for part in (self.document, *(_table(remotes, name) for name in remotes)):
            yield from _table(_table(part, "db"), "seed").get("sql_paths", DEFAULT_SEED_PATHS)


def _leaves(settings: Settings, pattern: str) -> bool:
    """Whether a pattern names files outside of the project's folder, or cannot tell before the CLI has filled it in."""
    return "env(" in pattern or Path(pattern).is_absolute() or _inside(settings, settings.supabase / pattern) is None


def _table(part: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = part.get(key)
    return value if isinstance(value, dict) else {}


def _named_files(settings: Settings, document: Mapping[str, Any]) -> dict[str, bytes]:
    found = {}
    for text in _texts(document):
        # Some are relative to the project, some to its supabase folder.
        for folder in (settings.supabase, settings.supabase.parent):
            path = Path(os.path.normpath(folder / text))
            if _is_file(path) and (inside := _inside(settings, path)) and not _private(settings, path):
                found[inside] = _bytes(path)
    return found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from () if key in _SQL_PATHS else _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str) and 0 < len(value) < _LONGEST_PATH and "\0" not in value and "://" not in value:
        yield value


def _is_file(path: Path) -> bool:
    # A text of config.toml that is no path may be longer than a name can be.
    try:
        return path.is_file()
    except OSError:
        return False


def _inside(settings: Settings, path: Path) -> str | None:
    """The path that the file has in the CLI's folder, where supabase/ is always called so."""
    path = Path(os.path.normpath(path))
    if path.is_relative_to(settings.supabase):
        return f"supabase/{path.relative_to(settings.supabase)}"
    root = settings.supabase.parent
    return str(path.relative_to(root)) if path.is_relative_to(root) else None


def _private(settings: Settings, path: Path) -> bool:
    """Whether the file is one that a hosted command must not see: dotenv files, the link, migrations, config.toml."""
    own = (settings.supabase / ".temp", settings.migrations)
    return path.name.lower().startswith((".env", "config.")) or any(path.is_relative_to(folder) for folder in own)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read", cause=str(error), next_step=f"repair {path}") from error


def _outside(pattern: str) -> GuardError:
    return GuardError(
        f"the seed {pattern} lies outside the project's folder",
        cause="a hosted command runs what was read for its plan, in a folder of its own: a path is relative, without env()",
        next_step="move the file below supabase/, and correct sql_paths in supabase/config.toml",
        code="seed-outside",
    )
