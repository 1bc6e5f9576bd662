"""Every function body of some schemas, checked on one connection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.lint.bodies import declarations, routines, tree
from supabase_tasks.lint.bodies.declarations import RECORD, Variable
from supabase_tasks.lint.bodies.probe import Probe
from supabase_tasks.lint.bodies.report import BodyReport, CheckedFunction, Issue
from supabase_tasks.lint.bodies.routines import Routine
from supabase_tasks.lint.bodies.walk import Types, Walk

if TYPE_CHECKING:
    import psycopg

_NO_PRIVILEGE = "42501"
_ROWTYPE = re.compile(r"%\s*rowtype\s*$", re.IGNORECASE)
_VARIABLE_TYPE = re.compile(r'^\s*("[^"]+"|\w+)\s*%\s*type\s*$', re.IGNORECASE)


def check_bodies(connection: psycopg.Connection[Any], schemas: Sequence[str]) -> BodyReport:
    """Check every SQL and PL/pgSQL function in `schemas`; nothing of it stays in the database.

    The connection must be in autocommit mode and able to make temporary objects.
    """
    with connection.transaction(force_rollback=True):
        row = connection.execute("SHOW search_path").fetchone()
        default = row[0] if row else "public"
        connection.execute("SET LOCAL check_function_bodies = on")
        probe = Probe(connection)
        return BodyReport(tuple(_routine(probe, one, default) for one in routines.read(connection, schemas)))


def _routine(probe: Probe, routine: Routine, default_path: str) -> CheckedFunction:
    probe.use_search_path(routine.search_path, default_path)
    problem = probe.validate(routine.oid, routine.language)
    # Without EXECUTE the validator does not answer; the body's statements can be judged all the same.
    if problem is not None and problem.sqlstate != _NO_PRIVILEGE:
        issue = Issue(
            level="error",
            message=problem.message,
            sqlstate=problem.sqlstate,
            query=routine.body if problem.position else None,
            position=problem.position,
            hint=problem.hint,
            detail=problem.detail,
            context=problem.context,
        )
        return CheckedFunction(routine.qualified, (issue,), expressions=1)
    if routine.language == "sql":
        return CheckedFunction(routine.qualified, (), expressions=1)
    return _plpgsql(probe, routine)


def _plpgsql(probe: Probe, routine: Routine) -> CheckedFunction:
    import postgast

    try:
        variables = declarations.read(routine.body)
        block, cursors = tree.parse(routine, variables, probe.is_composite)
    except (postgast.PgQueryError, ValueError):
        # PostgreSQL took it, libpg_query's catalog-free parser does not: only the validator has spoken.
        return CheckedFunction(routine.qualified, (), expressions=1, skipped=1)
    probe.transition_tables(routine.transitions)
    issues: list[Issue] = []
    judged = skipped = 0
    for table in routine.tables or (None,):
        walk = _walk(probe, routine, variables, table)
        walk.cursors = cursors
        walk.statements([{"PLpgSQL_stmt_block": block}])
        judged, skipped = judged + walk.expressions, skipped + walk.skipped
        issues += [issue for issue in walk.issues if issue not in issues]
    issues += _missing_return(routine, block)
    issues += _unused_variables(routine, variables)
    return CheckedFunction(routine.qualified, tuple(issues), judged + 1, skipped)


def _walk(probe: Probe, routine: Routine, variables: Sequence[Variable], table: str | None) -> Walk:
    arguments = [(one.name, one.type) for one in routine.arguments if one.goes_in]
    types: Types = {**tree.IMPLICIT_VARIABLES}
    if routine.is_trigger or routine.returns == "event_trigger":
        types |= tree.TRIGGER_VARIABLES | {"new": table, "old": table}
    types |= {one.name: None if one.type == RECORD else one.type for one in routine.arguments if one.name}
    for variable in variables:
        type_ = _type_of(variable, types)
        types[variable.name] = type_ if variable.name not in types or types[variable.name] == type_ else None
    usable = [(name, "text" if type_ in (RECORD, "internal") else type_) for name, type_ in arguments]
    return Walk(probe, usable, types, routine)


def _type_of(variable: Variable, types: Types) -> str | None:
    if variable.type is None or variable.type.strip().lower() == RECORD:
        return None
    written = _ROWTYPE.sub("", variable.type).strip()
    if (match := _VARIABLE_TYPE.match(written)) is not None:
        return types.get(declarations.fold(match[1]))
    return written


def _missing_return(routine: Routine, block: tree.Node) -> list[Issue]:
    needs = routine.returns not in ("void", "-", "event_trigger") and not routine.returns_set
    if not needs or any(one.comes_out for one in routine.arguments) or tree.ends([{"PLpgSQL_stmt_block": block}]):
        return []
    return [Issue("error", "control reached end of function without RETURN", "2F005")]


def _unused_variables(routine: Routine, variables: Sequence[Variable]) -> list[Issue]:
    words = [token.text for token in declarations.tokens(routine.body)]
    inside = " ".join(word for word in words if word.startswith(("'", "$")))
    return [
        Issue("warning", f'unused variable "{one.name}"', "00000")
        for one in variables
        if words.count(one.name) < 2 and not re.search(rf"\b{re.escape(one.name)}\b", inside)
    ]
