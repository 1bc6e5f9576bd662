"""What a Supabase CLI can do, read from its own help where its version number does not tell.

The two dialects were measured with 2.x and with 3.0 and 3.1. What comes later is asked once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from supabase_tasks.cli import answers
from supabase_tasks.cli.version import Version, render
from supabase_tasks.errors import CliError

# The last release whose flags are known by its number.
MEASURED: Version = (3, 1, 0)
# Without it `start` knows Docker only and has no `--runtime` (3.1.0; `[experimental] stack = true` in config.toml is the same).
NATIVE_ENVIRONMENT: Mapping[str, str] = {"SUPABASE_EXPERIMENTAL_STACK": "1"}
_RUNTIMES = re.compile(r"--runtime\b[^\n]*\bchoices:[^)\n]*\bnative\b")


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
    page = f"help-{'-'.join(command)}"
    if (known := answers.recall(page, path)) is not None:
        return known
    done = answers.ask(path, *command, "--help", environment=environment)
    if done.code == 0:
        answers.remember(page, path, done.stdout)
    return done.stdout
