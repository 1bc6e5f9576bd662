"""`supabase-db-lint` and `supabase-db-advisors`: checks of the local database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.tasks import Task

from supabase_tasks import command_line, console, progress, wording
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import LintError, SettingsError
from supabase_tasks.settings import TargetSettings
from supabase_tasks.tasks.boundary import task
from supabase_tasks.wording import count

if TYPE_CHECKING:
    from supabase_tasks.flow.local.db_lint import Finding, FunctionReport

_LINT_LEVELS = ("none", "warning", "error")
_ADVISOR_LEVELS = ("none", "info", "warn", "error")
_KINDS = ("all", "security", "performance")


def tasks(targets: Sequence[TargetSettings]) -> list[Task[Any]]:
    """The tasks of this family; the targets make no difference to them."""
    return [supabase_db_lint, supabase_db_advisors]


@task(
    help={
        "schema": "schemas to check, joined by commas (default: all of the project's)",
        "level": "the lowest level to report: warning or error",
        "fail_on": "the level that means exit code 1: none, warning or error",
        "json": "one JSON document instead of text: check, functions, unjudged, findings (in the CLI's own shape)",
    }
)
def supabase_db_lint(
    context: Context, schema: str = "", level: str = "warning", fail_on: str = "error", json: bool = False
) -> None:
    """Check the function bodies of the local database: tables, columns, functions and types that are not there.

    Runs the CLI's `db lint` where the server has plpgsql_check (Docker stack, hosted). The embedded database has
    no plpgsql_check, so supabase-tasks parses each function and asks PostgreSQL to resolve its statements. The output
    says which check ran.
    """
    from supabase_tasks.flow.local import db_lint

    _require("level", level, _LINT_LEVELS[1:])
    _require("fail-on", fail_on, _LINT_LEVELS)
    schemas = [one.strip() for one in schema.split(",") if one.strip()]
    with progress.during("checking the function bodies"):
        linted = db_lint.lint(settings_module.load(), schemas=schemas, level=level, on_line=console.note)
    for finding in linted.findings:
        _show_function(finding)
    console.say(_summary(linted))
    bad = [issue for issue in linted.issues if db_lint.reaches(issue["level"], fail_on)]
    data = {
        "check": linted.check,
        "functions": linted.functions,
        "unjudged": linted.unjudged,
        "findings": list(linted.findings),
    }
    if bad:
        raise LintError(
            f"db lint found {len(bad)} {'issue' if len(bad) == 1 else 'issues'} of level {fail_on} or worse", data=data
        )
    console.report(data)


@task(
    help={
        "type": "which advisors: all, security or performance",
        "level": "the lowest level to report: info, warn or error",
        "fail_on": "the level that means exit code 1: none, info, warn or error",
        "json": "one JSON document instead of text: findings (in the CLI's own shape)",
    }
)
def supabase_db_advisors(
    context: Context, type: str = "all", level: str = "info", fail_on: str = "error", json: bool = False
) -> None:
    """Run the Supabase advisors on the local database: row level security, indexes, search paths, exposed views."""
    from supabase_tasks.flow.local import db_lint

    _require("type", type, _KINDS)
    _require("level", level, _ADVISOR_LEVELS[1:])
    _require("fail-on", fail_on, _ADVISOR_LEVELS)
    with progress.during("running the Supabase advisors"):
        advised = db_lint.advise(settings_module.load(), kind=type, level=level, on_line=console.note)
    found = advised.findings
    for finding in found:
        console.say(f"{str(finding.get('level', '')).lower():<5} {finding.get('title')}: {finding.get('detail')}")
        console.say(f"      {finding.get('remediation')}")
    console.say(f"advisors: {wording.count(len(found), 'finding')}" if found else "advisors: nothing found")
    if advised.left_out:
        console.note(
            f"note: {count(advised.left_out, 'finding')} left out that only a database in use can tell (unused indexes)"
        )
    bad = [finding for finding in found if db_lint.reaches(str(finding.get("level", "")), fail_on)]
    if bad:
        raise LintError(f"the advisors found {len(bad)} of level {fail_on} or worse", data={"findings": list(found)})
    console.report({"findings": list(found)})


def _show_function(finding: Finding) -> None:
    console.say(finding["function"])
    for issue in finding["issues"]:
        statement = issue.get("statement")
        where = f"line {statement['lineNumber']}, {statement['text']}: " if statement else ""
        console.say(f"  {issue['level']:<7} {issue['sqlState']}  {where}{issue['message']}")
        if issue.get("hint"):
            console.say(f"          {issue['hint']}")


def _summary(linted: FunctionReport) -> str:
    from supabase_tasks.flow.local import db_lint

    issues = len(linted.issues)
    found = f"{issues} {'issue' if issues == 1 else 'issues'}" if issues else "nothing found"
    if linted.check == db_lint.REAL:
        return f"db lint (plpgsql_check): {found}"
    unjudged = f", {linted.unjudged} expressions not judged" if linted.unjudged else ""
    return f"db lint (own check; this server has no plpgsql_check): {linted.functions} functions, {found}{unjudged}"


def _require(option: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise SettingsError(
            f"--{option} must be one of {', '.join(allowed)}, not {value!r}",
            next_step=command_line.chosen(value, allowed, command_line.with_correction(value, allowed[0])),
            code="option",
        )
