"""The console script `supabase-tasks`, and what Invoke's own programs say once our tasks are in them."""

from __future__ import annotations

import os
import sys
from typing import Any

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


def adopt() -> None:
    """Let Invoke's program list our tasks in order of use and tell its parse errors in our form.

    Invoke offers no hook for either: `inv` makes its `Program` before it reads tasks.py. Its class is changed once, and only
    where it is loaded already.
    """
    module = sys.modules.get("invoke.program")
    if module is None or hasattr(module.Program, "of_supabase_tasks"):
        return
    from supabase_tasks.tasks import usage

    kind: Any = module.Program
    kind.of_supabase_tasks = True
    kind.parse_tasks = usage.telling(kind.parse_tasks)
    kind.parse_cleanup = usage.telling(kind.parse_cleanup)
    invokes_list = kind.list_flat

    def list_flat(program: Any) -> None:
        # A part of the tree, or a limit of its depth, was asked for: Invoke's own list has both.
        if program.list_root or program.list_depth:
            invokes_list(program)
        else:
            _show(program)

    def no_tasks_given(program: Any) -> None:
        from invoke.exceptions import Exit

        _show(program)
        raise Exit

    kind.list_flat, kind.no_tasks_given = list_flat, no_tasks_given


def _show(program: Any) -> None:
    from supabase_tasks.tasks import boundary, listing

    try:
        listing.show(program.scoped_collection)
    except BrokenPipeError as error:
        raise boundary.reader_gone() from error
