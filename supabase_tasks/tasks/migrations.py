"""`inv migrations-…`: the migration folder as a ledger that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import console
from supabase_tasks import settings as settings_module
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task

if TYPE_CHECKING:
    from supabase_tasks.ledger.check import Checked
    from supabase_tasks.lint.run import Linted

_JSON = "one JSON document instead of text"


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [migrations_check, migrations_lint, migrations_new, migrations_renumber]


@task(help={"against": "the branch or commit to compare with (default: the default branch)", "json": _JSON})
def migrations_check(context: Context, against: str = "", json: bool = False) -> None:
    """Check names, order and duplicates of the migrations, and that nothing merged was edited, removed or overtaken."""
    from supabase_tasks.flow import migrations as flow

    report_check(flow.check(settings_module.load(), against or None))


def report_check(found: Checked) -> None:
    """Print the outcome of `migrations-check`. Raises `LintError` when there are problems."""
    from supabase_tasks.errors import LintError

    for problem in found.problems:
        console.say(f"{problem.file}: {problem.message} [{problem.code}]")
    if found.problems:
        raise LintError(
            f"{_count(len(found.problems), 'problem')} in {_count(found.files, 'migration')}",
            next_step=found.problems[0].next_step,
            code="migrations-check",
            data={"against": found.against, "problems": [problem.as_json() for problem in found.problems]},
        )
    compared = f"compared with {found.against}" if found.against else "no default branch to compare with"
    console.say(f"{_count(found.files, 'migration')}: in order ({compared})")
    console.report({"files": found.files, "against": found.against, "problems": []})


@task(
    help={
        "changed": "only report on migrations that the default branch does not have",
        "against": "the branch or commit to compare with for --changed (default: the default branch)",
        "strict": "warnings fail, too",
        "format": "text, github, gitlab or sarif",
        "output": "write the report to this file",
        "rules": "list our rules instead",
        "json": _JSON,
    }
)
def migrations_lint(
    context: Context,
    changed: bool = False,
    against: str = "",
    strict: bool = False,
    format: str = "text",
    output: str = "",
    rules: bool = False,
    json: bool = False,
) -> None:
    """Lint the migrations: squawk for locks and safety, our own rules for RLS, policies, grants, secrets, indexes."""
    from supabase_tasks.flow import lint as flow

    settings = settings_module.load()
    if rules:
        _list_rules()
        return
    found = flow.lint(settings, changed=changed or bool(against), against=against or None)
    report_lint(found, settings.root, format=format, output=output, strict=strict)


def _list_rules() -> None:
    from supabase_tasks.lint.rules import all_rules

    console.table(("rule", "severity", "finds"), [(rule.name, rule.severity, rule.summary) for rule in all_rules()])
    listed = [{"rule": rule.name, "severity": rule.severity, "summary": rule.summary} for rule in all_rules()]
    console.report({"rules": listed})


def report_lint(found: Linted, root: Path, *, format: str = "text", output: str = "", strict: bool = False) -> None:
    """Print (or write to `output`) the findings. Raises `LintError` when there are errors, or with `strict` any."""
    from supabase_tasks.errors import LintError
    from supabase_tasks.files import write_atomic
    from supabase_tasks.lint.formats import FORMATS

    if format not in FORMATS:
        raise LintError(f"there is no format {format!r}", cause=f"formats: {', '.join(FORMATS)}", code="format")
    rendered = FORMATS[format](found.findings, root)
    if output:
        write_atomic(Path(output), rendered + "\n")
    else:
        console.out(rendered)
    data = {
        "files": found.files,
        "ignored": found.ignored,
        "findings": [finding.as_json(root) for finding in found.findings],
    }
    summary = (
        f"{_count(found.errors, 'error')}, {_count(found.warnings, 'warning')} in {_count(found.files, 'migration')}"
    )
    if found.errors or (strict and found.warnings):
        raise LintError(summary, next_step="docs/lint/<rule>.md explains each rule", code="migrations-lint", data=data)
    (console.say if format == "text" or output else console.note)(summary)
    console.report(data)


@task(help={"name": "what the migration does, in a few words", "json": _JSON})
def migrations_new(context: Context, name: str, json: bool = False) -> None:
    """Write an empty migration with the next free version."""
    from supabase_tasks.flow import migrations as flow

    path = flow.new(settings_module.load(), name)
    console.say(f"written: {_shown(path)}")
    console.report({"file": str(path)})


@task(help={"dry_run": "only show the renames", "json": _JSON})
def migrations_renumber(context: Context, dry_run: bool = False, json: bool = False) -> None:
    """Rename this branch's migrations so that they run after everything already on the default branch."""
    from supabase_tasks.flow import migrations as flow

    moves = flow.renumber(settings_module.load(), dry_run=dry_run)
    for move in moves:
        console.say(f"{'would rename' if dry_run else 'renamed'}: {move.old.name} → {move.new.name}")
    if not moves:
        console.say("nothing to renumber")
    elif not dry_run:
        console.say("next: inv supabase-db-reset  (if the old names were applied to your local database)")
    console.report({"dry_run": dry_run, "moves": [{"old": str(move.old), "new": str(move.new)} for move in moves]})


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
