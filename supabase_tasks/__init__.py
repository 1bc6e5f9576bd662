"""supabase-tasks: Invoke tasks for the whole Supabase migration flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.version import VERSION

if TYPE_CHECKING:
    from invoke.collection import Collection
    from invoke.tasks import Task

__version__ = VERSION


def collection(*own: Task[Any]) -> Collection:
    """The Invoke collection with every task of this tool, for a project's `tasks.py`: `ns = collection()`.

    `own` are tasks of the project that are added to them. Reads `[tool.supabase-tasks]` for the names of the targets
    only; everything heavy is imported inside the tasks.
    """
    import sys

    from supabase_tasks import task_file
    from supabase_tasks.tasks import build

    caller = sys._getframe(1).f_code
    # A task file calls this while it is imported; our own programs, and tests, do in a function.
    if caller.co_name == "<module>":
        task_file.remember_task_file(caller.co_filename)
    return build(*own)
