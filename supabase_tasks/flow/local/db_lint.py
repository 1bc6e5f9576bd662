"""The checks of a database that is there: function bodies (`db lint`) and the Supabase advisors."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import CliError
from supabase_tasks.flow.local import database as local_flow
from supabase_tasks.flow.local import stack
from supabase_tasks.flow.local.connection import open_connection
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

REAL = "plpgsql_check"
OWN = "function bodies"
# Findings as the CLI prints them: whatever JSON it wrote.
Finding = dict[str, Any]
_RANK = {"none": 9, "error": 2, "warning": 1, "warn": 1, "info": 0}


# Advisors (splinter) that read the statistics of use, which a local database does not have.
_OF_USE = frozenset({"unused_index", "table_bloat"})


@dataclass(frozen=True, slots=True)
class AdvisorReport:
    """What the advisors find, and how many findings were left out because they come from its use."""

    findings: tuple[Finding, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class FunctionReport:
    """The findings per function in the CLI's JSON shape, and which check made them.

    `functions` is how many were looked at and `unjudged` how many expressions could not be (only for `OWN`).
    """

    check: str
    findings: tuple[Finding, ...]
    functions: int | None = None
    unjudged: int = 0

    @property
    def issues(self) -> list[Finding]:
        return [issue for finding in self.findings for issue in finding["issues"]]


def lint(settings: Settings, *, schemas: Sequence[str], level: str, on_line: Callable[[str], None]) -> FunctionReport:
    """Check the function bodies of the local database: by the CLI where plpgsql_check is real, else by our own check.

    `schemas`: none means all of the project's. `level`: `warning` or `error`, the lowest to report. Raises
    `DatabaseError` or `CliError`.
    """
    place = local_flow.connect(settings)
    with open_connection(place) as connection:
        # Left alone the CLI also lints what the platform and its extensions brought.
        chosen = list(schemas) or _project_schemas(connection)
        if not has_plpgsql_check(connection):
            return _own(connection, chosen, level)
    cli = stack.cli_of(settings, on_line)
    done = cli.lint(place.database, schemas=chosen, level="error" if level == "error" else "warning")
    return FunctionReport(REAL, tuple(_parse("db lint", done.stdout)))


def has_plpgsql_check(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has the real plpgsql_check: one written in C, not a stand-in. Leaves nothing behind."""
    import psycopg

    try:
        with connection.transaction(force_rollback=True):
            connection.execute("CREATE EXTENSION IF NOT EXISTS plpgsql_check")
            row = connection.execute(
                "SELECT bool_or(l.lanname = 'c') FROM pg_catalog.pg_proc p"
                " JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.proname = 'plpgsql_check_function_tb'"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def advise(settings: Settings, *, kind: str, level: str, on_line: Callable[[str], None]) -> AdvisorReport:
    """The advisors' findings on the local database. `kind`: `all`, `security` or `performance`; `level`: the lowest to
    report. What only a database in use can tell is left out. Raises `DatabaseError` or `CliError`."""
    place = local_flow.connect(settings)
    cli = stack.cli_of(settings, on_line)
    done = cli.advisors(
        place.database, kind=kind, level="error" if level == "error" else "warn" if level == "warn" else "info"
    )
    found = _parse("db advisors", done.stdout)
    known = tuple(finding for finding in found if finding.get("name") not in _OF_USE)
    return AdvisorReport(known, len(found) - len(known))


def reaches(level: str, fail_on: str) -> bool:
    """Whether a finding of `level` (any case) is as bad as `fail_on`."""
    return _RANK.get(level.lower(), 0) >= _RANK[fail_on]


def _own(connection: psycopg.Connection[Any], schemas: Sequence[str], level: str) -> FunctionReport:
    from supabase_tasks.lint import bodies

    checked = bodies.check_bodies(connection, schemas)
    findings = []
    for function in checked.with_issues:
        found = function.as_json()
        found["issues"] = [issue for issue in found["issues"] if reaches(issue["level"], level)]
        if found["issues"]:
            findings.append(found)
    unjudged = sum(function.skipped for function in checked.functions)
    return FunctionReport(OWN, tuple(findings), len(checked.functions), unjudged)


def _project_schemas(connection: psycopg.Connection[Any]) -> list[str]:
    from supabase_tasks.diff.catalog import scope

    query = f"SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE {scope.user_schema('n')} ORDER BY 1"
    return [row[0] for row in connection.execute(query.encode()).fetchall()]


def _parse(command: str, text: str) -> list[Finding]:
    if not text.strip():
        return []
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CliError(f"supabase {command} printed no JSON", cause=text[:400], code="cli-output") from error
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
