"""`nx-sync`: the project.json shim that makes every task an Nx target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import console
from supabase_tasks import settings as settings_module
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [nx_sync]


@task(
    help={
        "check": "write nothing; exit code 1 when project.json is stale",
        "json": "one JSON document instead of text: path, stale, written, targets",
    }
)
def nx_sync(context: Context, check: bool = False, json: bool = False) -> None:
    """Generate project.json, so that `nx run <project>:<task>` works for every task.

    Targets and settings that you wrote yourself are kept. Only schema-check and migrations-lint are cached; whatever
    touches a database runs alone.
    """
    from supabase_tasks import collection
    from supabase_tasks.errors import SettingsError
    from supabase_tasks.files import write_atomic
    from supabase_tasks.nx import shim

    described = shim.described(collection())
    made = shim.build(settings_module.load(), described)
    if check and made.stale:
        raise SettingsError(
            f"{made.path} is stale" if made.before is not None else f"{made.path} does not exist",
            cause="it does not hold what the tasks and settings ask for",
            next_step="inv nx-sync",
            code="nx-stale",
        )
    if made.stale:
        write_atomic(made.path, made.after)
    console.say(f"{'wrote' if made.stale else 'up to date:'} {made.path} ({len(described)} targets)")
    console.report({"path": str(made.path), "stale": made.stale, "written": made.stale, "targets": list(described)})
