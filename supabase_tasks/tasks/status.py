"""`supabase-status`: which migration has run where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import console, progress
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import SettingsError
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task

if TYPE_CHECKING:
    from supabase_tasks.guard.history import Entry

_WORDS = {
    "applied": "applied",
    "pending": "pending",
    "edited": "EDITED",
    "renamed": "RENAMED",
    "missing": "NO FILE",
    "out-of-order": "OUT OF ORDER",
    "unrecorded": "applied (text unknown)",
}


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """`supabase-status`."""
    return [supabase_status]


@task(
    help={
        "env": "print only DATABASE_URL=… of the running local database, with its password, for an application's env file",
        "json": "print one JSON document: databases (name, project, problem, entries), advice, running",
    }
)
def supabase_status(context: Context, env: bool = False, json: bool = False) -> None:
    """Show which migration has run on local, staging and production, side by side.

    Reads only. A database that is not configured or cannot be reached is shown as such. Each contradiction comes with
    the command that repairs it.
    """
    if env:
        _environment()
        return
    from supabase_tasks.flow.health import running
    from supabase_tasks.flow.targets import status

    settings = settings_module.load()
    with progress.during("asking the databases which migrations they have run"):
        found = status.columns(settings)
    rows = [[title, *(_cell(entry) for entry in entries)] for title, entries in status.rows(settings, found)]
    if rows:
        console.table(["migration", *(column.name for column in found)], rows)
    else:
        unread = [column.name for column in found if column.history is None]
        console.say("no migrations" + (f" here; {', '.join(unread)} could not be asked" if unread else " anywhere"))
    for column in found:
        if column.info:
            console.say(f"{column.name}: {column.info.project or column.info.ref} at {column.info.host}")
        if column.problem:
            console.say(f"{column.name}: {column.problem}" + (f"; {column.next_step}" if column.next_step else ""))
    advice = status.advice(found)
    for line in advice:
        console.say(line)
    runs = running.all_of(settings)
    for one in runs:
        console.say(f"{one.name if one.ours else f'{one.project}/{one.name}'} is running: {one.text}")
    report = {"databases": [column.as_json() for column in found], "advice": list(advice)}
    console.report({**report, "running": [one.as_json() for one in runs]})


def _environment() -> None:
    from supabase_tasks.flow.local import database

    if console.is_json():
        raise SettingsError(
            "--env and --json exclude each other",
            cause="the password is shown in one place only: the line for an env file",
            next_step="inv supabase-status --env",
        )
    console.disclose(f"DATABASE_URL={database.running(settings_module.load()).url_with_password}")


def _cell(entry: Entry | None) -> str:
    return _WORDS[entry.state] if entry else "–"
