"""`nx-sync`: the project.json shim that makes every task an Nx target, and the plugin that does so in a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import console
from supabase_tasks import settings as settings_module
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task

if TYPE_CHECKING:
    from supabase_tasks.files import GeneratedFile


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [nx_sync]


@task(
    help={
        "check": "write nothing; exit code 1 when something is stale",
        "plugin": "instead of project.json, put the inference plugin into the Nx workspace (tools/supabase-tasks.cjs)",
        "json": "one JSON document instead of text: files (path, stale), written, targets",
    }
)
def nx_sync(context: Context, check: bool = False, plugin: bool = False, json: bool = False) -> None:
    """Generate project.json, so that `nx run <project>:<task>` works for every task.

    Targets and settings that you wrote yourself are kept. Only schema-check and migrations-lint are cached; whatever
    touches a database runs alone. With --plugin every folder of the workspace that has supabase/config.toml and
    [tool.supabase-tasks] gets its targets without a project.json.
    """
    from supabase_tasks.files import write_atomic
    from supabase_tasks.nx import shim, workspace
    from supabase_tasks.tasks import build, collection_of

    settings = settings_module.load_project()
    described = shim.describe(build())
    if plugin:
        files = workspace.plugin(settings, collection_of)
    else:
        files = (shim.build(settings, described), *workspace.own(settings, collection_of))
    stale = [one for one in files if one.stale]
    if check and stale:
        raise _stale(stale, plugin)
    for one in stale:
        write_atomic(one.path, one.after)
    for one in files:
        console.say(f"{'wrote' if one.stale else 'up to date:'} {one.path}")
    console.report(
        {
            "files": [{"path": str(one.path), "stale": one.stale} for one in files],
            "written": bool(stale),
            "targets": list(described),
        }
    )


def _stale(stale: Sequence[GeneratedFile], plugin: bool) -> Exception:
    from supabase_tasks.errors import SettingsError

    first = stale[0]
    return SettingsError(
        f"{first.path} is stale" if first.before is not None else f"{first.path} does not exist",
        cause="it does not hold what the tasks and settings ask for",
        next_step="inv nx-sync --plugin" if plugin else "inv nx-sync",
        code="nx-stale",
        data={"files": [str(one.path) for one in stale]},
    )
