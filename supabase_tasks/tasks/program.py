"""The console script `supabase-tasks`: the same tasks where there is no tasks.py yet, or outside the project folder."""

from __future__ import annotations

import os
import sys

from supabase_tasks import __version__, console


def main() -> None:
    """Run `supabase-tasks [-C FOLDER] TASK …`. `-C` works like git's and make's: as if started in that folder."""
    from invoke.program import Program

    from supabase_tasks import task_file
    from supabase_tasks.tasks import build

    arguments = sys.argv[1:]
    if arguments[:1] == ["-C"] and len(arguments) > 1:
        try:
            os.chdir(arguments[1])
        except OSError as error:
            console.note(f"error: cannot go to {arguments[1]}: {error.strerror}")
            sys.exit(1)
        arguments = arguments[2:]
    # There is no task file here: the current folder is meant, whatever an `inv -r` around us remembered.
    task_file.forget()
    program = Program(version=__version__, namespace=build(), name="supabase-tasks", binary="supabase-tasks")
    program.run(["supabase-tasks", *arguments])
