"""`supabase-db-drift-<target>`, `-pull-`, `-dump-…-public` and `supabase-migration-repair-<target>`: what a target has
outside the tracked migrations, and how it gets into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import Task

from supabase_tasks import command_line, console, progress
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import GuardError, SettingsError
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks import task_options

if TYPE_CHECKING:
    from supabase_tasks.flow.schema.request import Request
    from supabase_tasks.flow.targets.repair import RepairPlan
    from supabase_tasks.flow.targets.session import TargetSession

# Neither success nor a failure to look: a scheduled job can tell drift from a lost network.
EXIT_DRIFT = 2


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The four tasks for every target."""
    return [make(target) for target in targets for make in (_drift, _pull, _dump, _repair)]


def _drift(target: TargetSettings) -> Task[Any]:
    def body(context: Context, undo: bool = False, json: bool = False) -> None:
        from supabase_tasks.flow.targets import drift, hosted_target

        with hosted_target.open_for_reading(settings_module.load(), target.name) as found:
            result = drift.find_drift(found)
            task_options.print_target("drift of", found.info)
        if not result.found:
            console.say(f"No drift: {target.name} matches its migrations.")
            console.report(result.as_json())
            return
        shown = result.undo if undo else result.capture
        if shown.header:
            console.say(f"  {shown.header}")
        for name in result.capture.unmodelled:
            console.say(f"  differs, and no migration can be planned for it: {name}")
        if not shown.empty:
            console.text(shown.sql)
            console.next_step(f"inv supabase-db-pull-{target.name}", f"inv supabase-db-drift-{target.name} --undo")
        console.report(result.as_json())
        raise Exit(code=EXIT_DRIFT)

    doc = f"""Compare {target.name} with the migrations that ran there; exit 2 on drift.

    Prints the SQL that the migrations lack, or with --undo the SQL that takes the target back. Only reads."""
    options = {"undo": "print the SQL that takes the target back to its migrations instead", "json": task_options.JSON}
    return task_options.target_task(f"supabase-db-drift-{target.name}", doc, body, options)


def _pull(target: TargetSettings) -> Task[Any]:
    def body(
        context: Context,
        name: str = "",
        rename: Sequence[str] = (),
        default: Sequence[str] = (),
        yes: bool = False,
        confirm: str = "",
        dry_run: bool = False,
        json: bool = False,
    ) -> None:
        request = _request(name, rename, default, dry_run)
        _run_pull(target, request, yes=yes, confirm=confirm)

    doc = f"""Turn what changed on {target.name} outside the migrations into a migration.

    The migration is proven on a copy, written to supabase/migrations and recorded on the target as applied."""
    options = {
        "name": "name of the migration; without it one is derived from the change",
        "rename": "old:new, as in schema-generate (repeatable)",
        "default": "schema.table.column=expression, as in schema-generate (repeatable)",
        "yes": task_options.YES,
        "confirm": task_options.CONFIRM,
        "dry_run": task_options.DRY_RUN,
        "json": task_options.JSON,
    }
    return task_options.target_task(
        f"supabase-db-pull-{target.name}", doc, body, options, iterable=["rename", "default"]
    )


def _request(name: str, rename: Sequence[str], default: Sequence[str], dry_run: bool) -> Request:
    from supabase_tasks.diff.ddl.hazards import GATED
    from supabase_tasks.flow.schema.request import Request
    from supabase_tasks.tasks.schema import dialogue, parse_defaults

    return Request(
        name=name or None,
        dry_run=dry_run,
        renames=tuple(rename),
        # What the target has lost is lost already.
        allow=frozenset(GATED),
        defaults=parse_defaults(default),
        dialogue=dialogue(settings_module.load()),
    )


def _run_pull(target: TargetSettings, request: Request, *, yes: bool, confirm: str) -> None:
    from supabase_tasks.flow.targets import pull, session

    with session.open_by_url(settings_module.load(), target.name, on_line=console.note) as opened:
        if not request.dry_run and pull.uses_docker(opened.hosted.settings):
            task_options.print_target("pull (by the CLI and Docker) from", opened.hosted.info)
            _confirm(target, opened, f"write a migration and record it on {target.name}", yes, confirm)
            written = [str(path) for path in pull.by_docker(opened, request.name)]
            console.say(f"wrote {', '.join(written) or 'nothing'}")
            console.report({"dry_run": False, **opened.hosted.info.as_json(), "written": written})
            return
        planned = pull.plan(opened.hosted, request)
        task_options.print_target("pull from", planned.info)
        if planned.empty or request.dry_run:
            console.say("nothing to pull: the target matches its migrations" if planned.empty else "dry run")
            console.text(planned.plan.sql)
            data = {"dry_run": request.dry_run, **planned.as_json()}
            pull.refuse_unplanned(opened.hosted, planned.plan, data)
            console.report(data)
            return
        for path, text in planned.writes:
            console.say()
            console.say(path.name)
            console.text(text)
        names = [path.name for path, _ in planned.writes] + [file.path.name for file in planned.records]
        _confirm(target, opened, f"write {', '.join(names)} and record it on {target.name}", yes, confirm)
        recording = pull.write(opened.hosted, planned)
        pull.record(opened, recording)
    console.say(f"pulled {', '.join(names)}; recorded on {target.name} as applied")
    data = {"dry_run": False, **planned.as_json(), "recorded": names}
    pull.refuse_unplanned(opened.hosted, planned.plan, data)
    console.report(data)


def _dump(target: TargetSettings) -> Task[Any]:
    def body(context: Context, json: bool = False) -> None:
        from supabase_tasks.flow.targets import dump, hosted_target

        settings = settings_module.load()
        with hosted_target.open_for_reading(settings, target.name) as found, progress.during(f"dumping {target.name}"):
            path = dump.write_dump(found, console.note)
        console.say(f"wrote {path} (for reading; migrations live in supabase/migrations)")
        console.report({"target": target.name, "written": str(path)})

    doc = f"""Dump the public schema of {target.name} to supabase/sql (when a pull cannot work).

    Writes supabase/sql/{target.name}_public_schema.sql. Only reads the target."""
    return task_options.target_task(f"supabase-db-dump-{target.name}-public", doc, body, {"json": task_options.JSON})


def _repair(target: TargetSettings) -> Task[Any]:
    def body(
        context: Context,
        version: str = "",
        status: str = "applied",
        fetch: str = "",
        yes: bool = False,
        confirm: str = "",
        dry_run: bool = False,
        json: bool = False,
    ) -> None:
        if fetch:
            _run_fetch(target, fetch, yes=yes, dry_run=dry_run)
        else:
            _run_repair(target, version, status, yes=yes, confirm=confirm, dry_run=dry_run)

    doc = f"""Repair the ledger of {target.name}, version by version.

    Shows what the history and the file say first; runs no migration. Without --version it lists what is wrong."""
    options = {
        "version": "the version to repair, or several with commas: 0003,0004",
        "status": "applied (record the file as run) or reverted (remove it from the history)",
        "fetch": "instead: write the file of this version as the target ran it",
        "yes": task_options.YES,
        "confirm": task_options.CONFIRM,
        "dry_run": task_options.DRY_RUN,
        "json": task_options.JSON,
    }
    return task_options.target_task(f"supabase-migration-repair-{target.name}", doc, body, options)


def _run_repair(target: TargetSettings, versions: str, status: str, *, yes: bool, confirm: str, dry_run: bool) -> None:
    from supabase_tasks.flow.targets import repair, session

    if status not in ("applied", "reverted"):
        step = command_line.chosen(
            status, ("applied", "reverted"), f"inv --help supabase-migration-repair-{target.name}"
        )
        raise SettingsError(f"--status is applied or reverted, not {status!r}", next_step=step)
    wanted = [version.strip() for version in versions.split(",") if version.strip()]
    with session.open_by_url(settings_module.load(), target.name, on_line=console.note) as opened:
        planned = repair.plan(opened.hosted, wanted, "applied" if status == "applied" else "reverted")
        _show_repair(planned)
        if dry_run:
            console.report({"dry_run": True, **planned.as_json()})
            return
        _confirm(target, opened, f"mark {', '.join(wanted)} as {status} on {target.name}", yes, confirm)
        repair.execute(opened, planned)
    console.say(f"{target.name}: {', '.join(wanted)} marked {status}")
    console.report({"dry_run": False, **planned.as_json()})


def _show_repair(planned: RepairPlan) -> None:
    task_options.print_target(f"repair ({planned.status}) of", planned.info)
    for entry in planned.entries:
        console.say(f"  {entry.title}: {entry.state}; {planned.effect(entry)}")
        if entry.difference:
            console.text(entry.difference)


def _run_fetch(target: TargetSettings, version: str, *, yes: bool, dry_run: bool) -> None:
    from supabase_tasks.flow.targets import hosted_target, repair

    settings = settings_module.load()
    with hosted_target.open_for_reading(settings, target.name) as found:
        path, text, difference = repair.fetch(found, version)
    console.text(difference or text)
    if not dry_run:
        if path.exists() and not yes:
            raise GuardError(
                f"{path.name} exists and would be overwritten",
                cause="its changes are lost unless they are safe elsewhere",
                next_step=command_line.with_flag("--yes", "inv"),
                code="not-confirmed",
            )
        repair.write(settings, path, text)
        console.say(f"wrote {path} as {target.name} ran it")
    console.report({"dry_run": dry_run, "target": target.name, "written": str(path), "sql": text})


def _confirm(target: TargetSettings, opened: TargetSession, action: str, yes: bool, confirm: str) -> None:
    from supabase_tasks.guard import confirmation

    needed = confirmation.level(protected=target.protected)
    ref = opened.hosted.target.ref
    confirmation.confirm(action, ref, needed, task_options.answers(yes=yes, confirm=confirm))
