"""What Invoke's own programs show once our tasks are in them: the list of tasks, and errors of the command line."""

from __future__ import annotations

import sys
from typing import Any


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
