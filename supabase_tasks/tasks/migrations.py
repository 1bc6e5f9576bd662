"""`inv migrations-…`: the migration folder as a ledger that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import console, progress, wording
from supabase_tasks import settings as settings_module
from supabase_tasks.files import from_here
from supabase_tasks.settings import Settings, TargetSettings
from supabase_tasks.tasks import task_options
from supabase_tasks.tasks.boundary import task
from supabase_tasks.tasks.reports import report_check, report_lint
from supabase_tasks.wording import count

if TYPE_CHECKING:
    from supabase_tasks.flow.squash import Squash
    from supabase_tasks.flow.squash.targets import AppliedTarget
    from supabase_tasks.flow.targets.hosted_target import HostedTarget

_JSON = "one JSON document instead of text"


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [migrations_check, migrations_lint, migrations_new, migrations_renumber, migrations_squash]


@task(help={"against": "the branch or commit to compare with (default: the default branch)", "json": _JSON})
def migrations_check(context: Context, against: str | None = None, json: bool = False) -> None:
    """Check names, order and duplicates, and that merged migrations are unchanged and still run last."""
    from supabase_tasks.flow.migrations import migration_files as flow

    report_check(flow.check(settings_module.load_project(), against))


@task(
    help={
        "changed": "only report on migrations that the default branch does not have",
        "against": "the branch or commit to compare with for --changed (default: the default branch)",
        "strict": "warnings fail, too",
        "format": "text, github, gitlab or sarif",
        "output": "write the report to this file",
        "baseline": "take everything that is found now for known: written to supabase/lint-baseline.json, reported no more",
        "rules": "list our rules instead",
        "explain": "show the page of this rule instead",
        "json": _JSON,
    }
)
def migrations_lint(
    context: Context,
    changed: bool = False,
    against: str | None = None,
    strict: bool = False,
    format: str = "text",
    output: str = "",
    baseline: bool = False,
    rules: bool = False,
    explain: str = "",
    json: bool = False,
) -> None:
    """Lint the migrations: squawk for locks and safety, our own rules for RLS, policies, grants, secrets, indexes."""
    from supabase_tasks.flow.migrations import lint as flow

    if rules or explain:
        _explain(explain) if explain else _list_rules()
        return
    settings = settings_module.load_project()
    if baseline:
        file, number = flow.write_baseline(settings)
        console.say(f"{count(number, 'finding')} known from now on: {from_here(file)}")
        console.report({"file": str(file), "known": number})
        return
    with progress.during("linting the migrations"):
        found = flow.lint_migrations(settings, changed=changed or against is not None, against=against)
    report_lint(found, settings.root, format=format, output=output, strict=strict)


def _explain(rule: str) -> None:
    from supabase_tasks.lint import pages

    text = pages.text(rule)
    console.out(text)
    console.report({"rule": rule, "page": text})


def _list_rules() -> None:
    from supabase_tasks.lint.rules import all_rules

    console.table(("rule", "severity", "finds"), [(rule.name, rule.severity, rule.summary) for rule in all_rules()])
    listed = [{"rule": rule.name, "severity": rule.severity, "summary": rule.summary} for rule in all_rules()]
    console.report({"rules": listed})


@task(help={"name": "what the migration does, in a few words", "json": _JSON})
def migrations_new(context: Context, name: str, json: bool = False) -> None:
    """Write an empty migration with the next free version."""
    from supabase_tasks.flow.migrations import migration_files as flow

    path = flow.new(settings_module.load_project(), name)
    console.say(f"wrote {from_here(path)}")
    console.report({"file": str(path)})


@task(help={"dry_run": "only show the renames", "json": _JSON})
def migrations_renumber(context: Context, dry_run: bool = False, json: bool = False) -> None:
    """Rename this branch's migrations so that they run after everything already on the default branch."""
    from supabase_tasks.flow.migrations import migration_files as flow

    moves = flow.renumber(settings_module.load_project(), dry_run=dry_run)
    for move in moves:
        console.say(f"{'would rename' if dry_run else 'renamed'}: {move.old.name} → {move.new.name}")
    if not moves:
        console.say("nothing to renumber")
    elif not dry_run:
        console.note("a local database that ran them under the old names has to be reset")
        console.next_step("inv supabase-db-reset")
    console.report({"dry_run": dry_run, "moves": [{"old": str(move.old), "new": str(move.new)} for move in moves]})


@task(
    help={
        "name": "what the squash is called",
        "to": "the last version to be squashed (default: all)",
        "repair": "targets that have run them all: repair their ledgers in the same step (several with commas)",
        "fresh": "targets that have run none of them and need not be asked (several with commas)",
        "yes": task_options.YES,
        "confirm": task_options.CONFIRM,
        "dry_run": task_options.DRY_RUN,
        "json": _JSON,
    }
)
def migrations_squash(
    context: Context,
    name: str = "squashed",
    to: str = "",
    repair: str = "",
    fresh: str = "",
    yes: bool = False,
    confirm: str = "",
    dry_run: bool = False,
    json: bool = False,
) -> None:
    """Merge many migrations into one, after proving that it leaves the same database, rows included.

    Refuses what a target has run, unless its ledger is repaired in the same step (--repair).
    """
    from supabase_tasks.flow import squash as flow

    settings = settings_module.load_project()
    with progress.during("replaying and comparing both histories"):
        made = flow.plan(settings, name=name, to=to or None, repair=_split_names(repair), fresh=_split_names(fresh))
    _show_squash(made)
    if dry_run:
        console.text(made.sql)
    else:
        flow.write(made, lambda applied: _repair(settings, applied, yes=yes, confirm=confirm))
        console.say(f"wrote {from_here(made.path)}")
        console.note("the local database has run the old versions")
        console.next_step("inv supabase-db-reset")
    console.report(
        {
            "dry_run": dry_run,
            "file": str(made.path),
            "replaced": [file.path.name for file in made.replaced],
            "tables_with_rows": list(made.tables_with_rows),
            "repaired": [] if dry_run else [applied.target for applied in made.applied],
            "sql": made.sql,
        }
    )


def _show_squash(made: Squash) -> None:
    console.say(f"{made.path.name} replaces {count(len(made.replaced), 'migration')}; both leave the same database")
    if made.tables_with_rows:
        console.say(f"  with the rows of {', '.join(made.tables_with_rows)}")
    for applied in made.applied:
        console.say(f"  {applied.target} has run them: its ledger is to be repaired")


def _repair(settings: Settings, applied: AppliedTarget, *, yes: bool, confirm: str) -> None:
    from supabase_tasks.flow.squash import targets
    from supabase_tasks.guard import confirmation

    def ask(hosted: HostedTarget) -> None:
        task_options.print_target("repair the ledger of", hosted.info)
        needed = confirmation.level(protected=hosted.target.protected)
        answers = task_options.answers(yes=yes, confirm=confirm if needed == "ref" else "")
        action = f"replace {wording.count(len(applied.versions), 'version')} with one in the ledger of {applied.target}"
        confirmation.confirm(action, hosted.target.ref, needed, answers)

    targets.repair(settings, applied, ask, console.note)


def _split_names(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())
