"""`supabase-start`, `-stop`, `-restart`, `supabase-db-reset`, `supabase-db-push-local`: the local database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import console, preload, progress, wording
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import SettingsError
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task

if TYPE_CHECKING:
    from supabase_tasks.flow.local.local_change import LocalChange

_JSON = "one JSON document instead of text: mode, url, applied, seeded, migrations, tables, seconds, connect"
_SHOWN = 3
_KINDS = {
    "embedded": "embedded PostgreSQL",
    "docker": "the supabase start stack (Docker)",
    "native": "the supabase start stack (native)",
}


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [supabase_start, supabase_stop, supabase_restart, supabase_db_reset, supabase_db_push_local]


@task(help={"json": _JSON})
def supabase_start(context: Context, json: bool = False) -> None:
    """Start the local Supabase database: Docker's stack where Docker runs, else the embedded PostgreSQL.

    A new database gets all migrations and the seed; an existing one keeps its rows. The last line says where.
    """
    from supabase_tasks.flow.local import database

    _show("started", database.start(settings_module.load(), on_line=console.note))


@task(
    help={
        "all": "stop the servers of every project of this user, and remove the scratch data of those whose folder is gone",
        "gone": "with --all: remove the local databases of projects whose folder is gone, too",
        "json": "one JSON document instead of text: stopped, removed and left (folders of projects that are gone)",
    }
)
def supabase_stop(context: Context, all: bool = False, gone: bool = False, json: bool = False) -> None:
    """Stop the local database and the shadow server; their data is kept."""
    from supabase_tasks.flow.local import database

    if gone and not all:
        raise SettingsError(
            "--gone is about every project of this user", next_step="inv supabase-stop --all --gone", code="option"
        )
    preload.stop()
    settings = settings_module.load()
    with progress.during("stopping the servers"):
        stopped = database.stop(settings, on_line=console.note)
        if all:
            stopped = (*stopped, *database.stop_all())
    console.say(f"stopped: {', '.join(stopped)}" if stopped else "nothing was running")
    removed, left = database.forget_gone(rows=gone) if all else ((), ())
    if removed:
        console.say(f"removed: the state of {_few(removed)}")
    if left:
        console.say(f"kept: the local databases of {_few(left)}; inv supabase-stop --all --gone removes them")
    console.report({"stopped": list(stopped), "removed": list(removed), "left": list(left)})


def _few(folders: Sequence[str]) -> str:
    shown = ", ".join(folders[:_SHOWN]) + (", …" if len(folders) > _SHOWN else "")
    return f"{wording.count(len(folders), 'project')} whose folder is gone: {shown}"


@task(help={"json": _JSON})
def supabase_restart(context: Context, json: bool = False) -> None:
    """Stop the local database and start it again; its rows are kept."""
    from supabase_tasks.flow.local import database

    settings = settings_module.load()
    database.stop(settings, on_line=console.note)
    _show("restarted", database.start(settings, on_line=console.note))


@task(
    help={
        "seed": "run supabase/seed.sql (or [db.seed] sql_paths) afterwards; --no-seed leaves it out",
        "version": "stop after the migration with this version",
        "json": _JSON,
    }
)
def supabase_db_reset(context: Context, seed: bool = True, version: str = "", json: bool = False) -> None:
    """Rebuild the local database from supabase/migrations and the seed; everything else in it is lost.

    Works in any folder with supabase/config.toml, with or without Python models. Hosted databases have tasks of their
    own: supabase-db-reset-staging, supabase-db-reset-prod.
    """
    from supabase_tasks.flow.local import database

    _show("reset", database.reset(settings_module.load(), seed=seed, version=version or None, on_line=console.note))


@task(
    help={
        "seed": "also run the seed files that have not run yet",
        "include_all": "also apply migrations that are older than the last applied one",
        "dry_run": "only say which migrations would be applied",
        "json": _JSON,
    }
)
def supabase_db_push_local(
    context: Context, seed: bool = False, include_all: bool = False, dry_run: bool = False, json: bool = False
) -> None:
    """Apply the migrations that the local database does not have yet; its rows are kept."""
    from supabase_tasks.flow.local import database

    settings = settings_module.load()
    with progress.during("applying the migrations"):
        done = database.push(settings, seed=seed, include_all=include_all, dry_run=dry_run, on_line=console.note)
    _show("checked (dry run)" if dry_run else "pushed", done)


def _seed(verb: str, done: LocalChange) -> str:
    """The seed's rows of an earlier run are kept by whatever does not make the database anew."""
    return ", ".join(done.seeded) or ("none" if verb == "reset" else "not run again; rows are kept")


def _show(verb: str, done: LocalChange) -> None:
    console.say(f"{verb} {_KINDS[done.local.mode]} in {done.seconds:.1f} s")
    console.say(f"  migrations  {done.migrations} ({len(done.applied)} applied now)")
    console.say(f"  tables      {done.tables}")
    console.say(f"  seed        {_seed(verb, done)}")
    console.say("connect:")
    console.say_command(done.local.command)
    console.report(done.as_json())
