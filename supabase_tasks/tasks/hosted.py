"""`supabase-db-push-<target>` and `supabase-db-reset-<target>`: hosted changes, behind the guard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import command_line, console, wording
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import SettingsError
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks import hazard_lines, task_options

if TYPE_CHECKING:
    from supabase_tasks.flow.targets.hosted_target import TargetInfo
    from supabase_tasks.flow.targets.push import PushPlan
    from supabase_tasks.flow.targets.reset import ResetPlan


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """Both tasks for every target."""
    return [make(target) for target in targets for make in (_push, _reset)]


def _waiver(target: TargetSettings) -> str:
    """The parameter that waives the promotion rule, or nothing where there is no rule."""
    return f"without_{target.promote_from.replace('-', '_')}" if target.promote_from else ""


def _push(target: TargetSettings) -> Task[Any]:
    waiver = _waiver(target)

    def body(
        context: Context,
        yes: bool = False,
        confirm: str = "",
        dry_run: bool = False,
        include_all: bool = False,
        json: bool = False,
        **more: str,
    ) -> None:
        reason = more.get(waiver, "")
        _run_push(target, yes=yes, confirm=confirm, dry_run=dry_run, include_all=include_all, reason=reason)

    options = {
        "yes": task_options.YES,
        "confirm": task_options.CONFIRM,
        "dry_run": task_options.DRY_RUN,
        "include_all": "also run migrations that are older than the last one that ran there",
        "json": task_options.JSON,
    }
    asks = "the project ref" if target.protected else "yes or no"
    doc = f"""Apply pending migrations to {target.name} (link, plan, confirm, push).

    Shows the SQL, its hazards and the state of the ledger first, then asks for {asks}.
    Needs {target.ref_variable} and {target.password_variable}."""
    if target.promote_from:
        options[waiver] = f"the reason for pushing what {target.promote_from} has not run"
        doc += f" Accepts only what {target.promote_from} has run, byte for byte."
    return task_options.target_task(f"supabase-db-push-{target.name}", doc, body, options, extra=waiver)


def _run_push(
    target: TargetSettings, *, yes: bool, confirm: str, dry_run: bool, include_all: bool, reason: str
) -> None:
    from supabase_tasks.flow.targets import push, session
    from supabase_tasks.guard import confirmation

    settings = settings_module.load()
    with session.open_linked(settings, target.name, on_line=console.note) as opened:
        planned = push.plan(opened, include_all=include_all, waiver=_reason(reason))
        _show(planned)
        if dry_run or not planned.files:
            console.say("nothing was changed (dry run)" if dry_run else f"{target.name} is up to date")
            console.report({"dry_run": dry_run, **planned.as_json(), "pushed": []})
            return
        count = len(planned.files)
        action = f"push {count} migration{'s' * (count > 1)} to {target.name}"
        needed = confirmation.level(protected=target.protected)
        hazard_lines.remind(_place(planned.info), [hazard for _, found in planned.hazards for hazard in found])
        confirmation.confirm(action, planned.info.ref, needed, task_options.answers(yes=yes, confirm=confirm))
        done = push.execute(opened, planned)
    console.say(f"pushed {', '.join(file.path.name for file in done.files)} to {target.name} in {done.seconds:.1f} s")
    console.report({"dry_run": False, **planned.as_json(), **done.as_json()})


def _reset(target: TargetSettings) -> Task[Any]:
    waiver = _waiver(target)

    def body(
        context: Context,
        confirm: str = "",
        dry_run: bool = False,
        seed: bool = False,
        json: bool = False,
        **more: str,
    ) -> None:
        _run_reset(target, confirm=confirm, dry_run=dry_run, seed=seed, reason=more.get(waiver, ""))

    options = {
        "confirm": task_options.CONFIRM,
        "dry_run": task_options.DRY_RUN,
        "seed": "also run the seed files of config.toml",
        "json": task_options.JSON,
    }
    doc = f"""DESTROYS all rows and users of {target.name}, then applies every migration.

    Shows what is lost, asks for the project ref (--confirm REF), dumps everything first and prints how to restore it.
    Needs {target.ref_variable} and {target.password_variable}."""
    if target.promote_from:
        options[waiver] = f"the reason for applying what {target.promote_from} has not run"
    return task_options.target_task(f"supabase-db-reset-{target.name}", doc, body, options, extra=waiver)


def _run_reset(target: TargetSettings, *, confirm: str, dry_run: bool, seed: bool, reason: str) -> None:
    from supabase_tasks.flow.targets import reset, session
    from supabase_tasks.guard import confirmation

    settings = settings_module.load()
    with session.open_linked(settings, target.name, on_line=console.note) as opened:
        planned = reset.plan(opened, seed=seed, waiver=_reason(reason))
        _show_reset(planned)
        if dry_run:
            console.say("nothing was changed (dry run)")
            console.report({"dry_run": True, **planned.as_json()})
            return
        needed = confirmation.level(protected=target.protected, destructive=True)
        console.note(f"{_place(planned.info)}: every row in it is lost", "red")
        action = f"destroy everything in {target.name} and apply {wording.count(len(planned.files), 'migration')}"
        confirmation.confirm(action, planned.info.ref, needed, task_options.answers(confirm=confirm))
        done = reset.execute(opened, planned, console.note)
    console.say(f"reset {target.name}: {wording.count(len(done.files), 'migration')} applied in {done.seconds:.1f} s")
    console.say(f"the state before is in {done.backup.path}; to restore it:")
    console.say(f"  {done.backup.restore}")
    console.report({"dry_run": False, **planned.as_json(), **done.as_json()})


def _place(info: TargetInfo) -> str:
    return f"{info.project or info.target} ({info.ref}){', PROTECTED' if info.protected else ''}"


def _show_reset(planned: ResetPlan) -> None:
    task_options.print_target("RESET of", planned.info)
    console.say(f"  lost      {planned.users} users of auth, and every row of:")
    for lost in planned.lost:
        console.say(
            f"              {lost.table}  (about {wording.count(lost.rows, 'row')}, {lost.size / 1024:.0f} KiB)"
        )
    console.say(
        f"  then      {wording.count(len(planned.files), 'migration')}, {'with' if planned.seed else 'no'} seed"
    )
    _show_vault(planned.vault)
    if planned.waiver:
        console.say(f"  note      not all of this has run on the target before: {planned.waiver}")
    console.say()


def _show_vault(names: Sequence[str]) -> None:
    if names:
        console.say(f"  vault     writes {', '.join(names)}, as [db.vault] of config.toml says")


def _reason(text: str) -> str | None:
    if text and not text.strip():
        raise SettingsError(
            "a reason is needed, in words",
            next_step="give a reason, as in --without-staging 'hotfix for login', or leave the option out, then: "
            + command_line.without("--without-staging", text, "inv supabase-status"),
        )
    return text.strip() or None


def _show(planned: PushPlan) -> None:
    task_options.print_target("push to", planned.info)
    console.say(f"  ledger    {len(planned.history.rows)} applied, {len(planned.files)} to run")
    _show_vault(planned.vault)
    for entry in planned.history.of("unrecorded"):
        console.say(f"  note      {entry.title} ran there, but what it ran is not recorded")
    if planned.waiver:
        console.say(f"  note      not all of this has run on the target before: {planned.waiver}")
    for file, hazards in planned.hazards:
        console.say()
        console.say(file.path.name)
        hazard_lines.say(hazards, console.say)
        console.text(file.text)
    console.say()
