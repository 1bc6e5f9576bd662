"""What a Supabase CLI can do, read from its own help where its version number does not tell.

The two dialects were measured with 2.x and with 3.0 and 3.1. What comes later is asked once and remembered under the
program's path, time and size: a help page costs half a second.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from supabase_tasks import child_environment, process, state_dir
from supabase_tasks.cli.version import Version, render
from supabase_tasks.errors import CliError, TaskError

# The last release whose flags are known by its number.
MEASURED: Version = (3, 1, 0)
# Without it `start` knows Docker only and has no `--runtime` (3.1.0; `[experimental] stack = true` in config.toml is the same).
NATIVE_ENVIRONMENT: Mapping[str, str] = {"SUPABASE_EXPERIMENTAL_STACK": "1"}
_RUNTIMES = re.compile(r"--runtime\b[^\n]*\bchoices:[^)\n]*\bnative\b")
_SECONDS = 60.0


def dialect(path: Path, version: Version, remedy: str) -> int:
    """2 or 3: which spelling of the target flags the CLI understands. A release after `MEASURED` is asked for its own.

    Raises `CliError` with `remedy` as its next step for one that knows neither.
    """
    if version[:2] <= MEASURED[:2]:
        return min(version[0], 3)
    shown = _help(path, ("db", "push"), {})
    for known, flag in ((3, "--remote"), (2, "--db-url")):
        if re.search(rf"{flag}\b", shown):
            return known
    raise CliError(
        f"the Supabase CLI {render(version)} at {path} names its targets in a way that is not known here",
        cause="`supabase db push --help` has neither --remote nor --db-url",
        next_step=remedy,
        code="cli-unknown",
        data={"version": render(version), "path": str(path)},
    )


def has_native_runtime(path: Path) -> bool:
    """Whether `supabase start --runtime native` exists, whatever the version: PostgreSQL and the rest without Docker."""
    return bool(_RUNTIMES.search(_help(path, ("start",), NATIVE_ENVIRONMENT)))


def _help(path: Path, command: tuple[str, ...], environment: Mapping[str, str]) -> str:
    """The help page of a command, asked once for each program. Nothing is remembered of a program that fails."""
    state = path.stat()
    key = f"{path}:{state.st_mtime_ns}:{state.st_size}"
    store = state_dir.state_root() / "cli" / "help" / f"{'-'.join(command)}.json"
    known = _remembered(store)
    if (text := known.get(key)) is not None:
        return text
    done = process.run(
        [str(path), *command, "--help"],
        env={"SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "NO_COLOR": "1", **environment},
        keeps=child_environment.SHIMS,
        # Not in the project, whose config.toml would have a say.
        cwd=Path(path.anchor),
        check=False,
        timeout=_SECONDS,
    )
    if done.code == 0:
        _remember(store, key, done.stdout)
    return done.stdout


def _remembered(store: Path) -> dict[str, str]:
    try:
        document = json.loads(store.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in document.items()} if isinstance(document, dict) else {}


def _remember(store: Path, key: str, text: str) -> None:
    from supabase_tasks.files import write_atomic

    # Only a shortcut: an unwritable cache costs time, not the command. One program at a time is enough.
    with suppress(TaskError):
        write_atomic(store, json.dumps({key: text}, indent=1))
