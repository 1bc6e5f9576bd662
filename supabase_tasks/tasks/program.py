"""The console script `supabase-tasks`: the same tasks where there is no tasks.py yet, or outside the project folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from supabase_tasks import command_line, console
from supabase_tasks.errors import SettingsError
from supabase_tasks.version import VERSION


def main() -> None:
    """Run `supabase-tasks [-C FOLDER] TASK …`. `-C` works like git's and make's: as if started in that folder."""
    from invoke.program import Program

    from supabase_tasks import task_file
    from supabase_tasks.tasks import build

    arguments = _gone_to(sys.argv[1:])
    # There is no task file here: the current folder is meant, whatever an `inv -r` around us remembered.
    task_file.forget()
    program = Program(version=VERSION, namespace=build(), name="supabase-tasks", binary="supabase-tasks")
    program.run(["supabase-tasks", *arguments])


def _gone_to(arguments: list[str]) -> list[str]:
    """The arguments without `-C FOLDER`, and that folder the current one."""
    if arguments[:1] != ["-C"]:
        return arguments
    if len(arguments) < 2:
        _refuse(SettingsError("-C needs a folder", next_step=f"{command_line.OWN} --list", code="missing-value"), ())
    folder, rest = arguments[1], arguments[2:]
    try:
        os.chdir(folder)
    except OSError as error:
        _refuse(_no_folder(folder, rest, error), rest)
    return rest


def _no_folder(folder: str, rest: Sequence[str], error: OSError) -> SettingsError:
    missing = isinstance(error, FileNotFoundError)
    return SettingsError(
        f"there is no folder {folder}" if missing else f"cannot go to {folder}",
        cause=None if missing else error.strerror,
        next_step=command_line.join(command_line.OWN, *rest),
        code="no-folder",
    )


def _refuse(failure: SettingsError, rest: Sequence[str]) -> NoReturn:
    from supabase_tasks.tasks import boundary

    # The next step is without that folder.
    sys.argv[1:] = rest
    console.start(as_json="--json" in rest)
    sys.exit(boundary.exit_of(failure).code)
