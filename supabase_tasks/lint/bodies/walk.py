"""The walk through one PL/pgSQL body: what each variable is where it is used, and what PostgreSQL says to its use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from supabase_tasks.lint.bodies import tree
from supabase_tasks.lint.bodies.probe import Probe, Problem
from supabase_tasks.lint.bodies.report import Issue
from supabase_tasks.lint.bodies.routines import Routine
from supabase_tasks.lint.bodies.tree import Node

# A variable's type as SQL; None while it is not known (a record nothing was read into, or by a dynamic query).
Types = dict[str, str | None]
_TEMPORARY = re.compile(
    r"\bcreate\s+(?:local\s+|global\s+)?(?:temp|temporary|unlogged)?\s*table\s+(?:if\s+not\s+exists\s+)?"
    r'(?:[\w"]+\s*\.\s*)?"?(\w+)"?',
    re.IGNORECASE,
)
_MISSING_RELATION = re.compile(r'^relation "(?:[^".]+\.)?([^".]+)" does not exist$')
_MISSING_TABLE = re.compile(r'^missing FROM-clause entry for table "([^"]+)"$')
_LABEL = re.compile(r"<<\s*(\w+)\s*>>")
_CASE_VARIABLE = re.compile(r'"__Case__Variable_\d+__"')
_NESTED = ("body", "then_body", "else_body", "else_stmts")


class Walk:
    """One pass over a body. `issues` fills up; `expressions` were judged, `skipped` could not be.

    `cursors`: the queries of bound cursors, by the number that the tree knows each cursor by.
    """

    def __init__(self, probe: Probe, arguments: Sequence[tuple[str, str]], types: Types, routine: Routine) -> None:
        self._probe = probe
        self._arguments = arguments
        self._types = types
        self._name = routine.name
        self._labels = {name.lower() for name in _LABEL.findall(routine.body)}
        self._made_here = {name.lower() for name in _TEMPORARY.findall(routine.body)}
        self.cursors: Mapping[str, Node] = {}
        self.issues: list[Issue] = []
        self.expressions = 0
        self.skipped = 0

    def statements(self, nodes: Sequence[Node]) -> None:
        """Judge these statements, in order."""
        for node in nodes:
            name, fields = tree.kind(node)
            self._own_expressions(name, fields)
            if name == "fori":
                self._types[str(fields["var"]["PLpgSQL_var"]["refname"])] = "integer"
            self._reads_into(name, fields)
            self._branches(name, fields)

    def _own_expressions(self, name: str, fields: Node) -> None:
        for key, value in fields.items():
            if key in _NESTED or key in ("exceptions", "elsif_list", "case_when_list", "target", "var"):
                continue
            for expression in _expressions(value):
                self.judge(expression, name, fields.get("lineno"))
        if name == "assign":
            self._assigned_field(fields)

    def judge(self, expression: Node, name: str, line: int | None) -> None:
        """Ask PostgreSQL about one statement or expression."""
        asked = tree.statement_of(expression)
        if asked is None or name == "call":
            return
        text, shift = asked
        words = tree.identifiers(text)
        names = words & self._types.keys()
        if words & self._labels or any(self._types[one] is None for one in names):
            self.skipped += 1
            return
        self.expressions += 1
        problem = self._probe.statement(text, self._in_scope(names), self._name)
        if problem is not None and not self._is_made_here(problem):
            self._report(problem, name, line, str(expression["PLpgSQL_expr"]["query"]), shift)

    def _in_scope(self, names: set[str]) -> list[tuple[str, str]]:
        own = [(name, type_) for name, type_ in self._arguments]
        taken = {name for name, _ in own}
        more = [(name, type_) for name in sorted(names - taken) if (type_ := self._types[name]) is not None]
        return [*own, *more]

    def _is_made_here(self, problem: Problem) -> bool:
        match = _MISSING_RELATION.match(problem.message)
        return bool(match and match[1].lower() in self._made_here)

    def _report(self, problem: Problem, name: str, line: int | None, text: str, shift: int) -> None:
        position = problem.position - shift if problem.position is not None else None
        problem = self._about_a_record(problem, text[max((position or 1) - 1, 0) :])
        self.issues.append(
            Issue(
                level="error",
                message=problem.message,
                sqlstate=problem.sqlstate,
                line=line,
                statement=tree.NAMES.get(name, name),
                query=text,
                position=position if position is not None and position > 0 else None,
                hint=problem.hint,
                detail=problem.detail,
            )
        )

    def _about_a_record(self, problem: Problem, text: str) -> Problem:
        # To an SQL function a record variable without such a field is a table that is not there.
        match = _MISSING_TABLE.match(problem.message)
        if match is None or match[1] not in self._types:
            return problem
        field = re.search(rf'\b{re.escape(match[1])}"?\s*\.\s*"?(\w+)', text, re.IGNORECASE)
        message = f'record "{match[1]}" has no field "{field[1] if field else "?"}"'
        return replace(problem, message=message, sqlstate="42703")

    def _assigned_field(self, fields: Node) -> None:
        query = fields["expr"]["PLpgSQL_expr"]["query"]
        target = tree.assigned_field(query)
        type_ = self._types.get(target[0]) if target else None
        if target is None or type_ is None:
            return
        record, field = target
        text = f"SELECT ({tree.quoted(record)}).{tree.quoted(field)}"
        if self._probe.statement(text, [(record, type_)]) is not None:
            self.issues.append(
                Issue(
                    level="error",
                    message=f'record "{record}" has no field "{field}"',
                    sqlstate="42703",
                    line=fields.get("lineno"),
                    statement="assignment",
                    query=query,
                )
            )

    def _reads_into(self, name: str, fields: Node) -> None:
        record = _record_target(fields)
        if record is None:
            return
        query = fields.get("sqlstmt") or fields.get("query")
        if name in ("fetch", "forc"):
            query = self.cursors.get(str(fields.get("curvar")))
        if name in ("dynexecute", "dynfors") or query is None:
            self._types[record] = None
            return
        self._types[record] = self._row_of(str(query["PLpgSQL_expr"]["query"]))

    def _row_of(self, query: str) -> str | None:
        names = tree.identifiers(query) & self._types.keys()
        known = {name: type_ for name in names if (type_ := self._types[name]) is not None}
        if len(known) < len(names):
            return None
        columns = self._probe.columns(query, known)
        return self._probe.composite(columns) if columns else None

    def _branches(self, name: str, fields: Node) -> None:
        branches = _branches(fields)
        if not branches:
            return
        before, after = dict(self._types), []
        for condition, body in branches:
            self._types = dict(before)
            if condition is not None:
                self.judge(condition, name, fields.get("lineno"))
            self.statements(body)
            after.append(self._types)
        # A block's body always runs; any other may not: what was known before is one more outcome.
        outcomes = after if name == "block" and len(after) == 1 else [before, *after]
        self._types = {key: _same([one.get(key) for one in outcomes]) for key in before}


def _same(types: Sequence[str | None]) -> str | None:
    known = [one for one in types if one is not None]
    return known[0] if len(set(types)) == 1 and known else None


def _branches(fields: Node) -> list[tuple[Node | None, Sequence[Node]]]:
    found: list[tuple[Node | None, Sequence[Node]]] = [(None, fields[key]) for key in _NESTED if fields.get(key)]
    for one in fields.get("elsif_list", []):
        branch = tree.kind(one)[1]
        found.append((branch["cond"], branch.get("stmts", [])))
    for one in fields.get("case_when_list", []):
        branch = tree.kind(one)[1]
        found.append((_comparison(branch["expr"], fields.get("t_expr")), branch.get("stmts", [])))
    found += [(None, body) for body in tree.handlers(fields)]
    return found


def _comparison(expression: Node, subject: Node | None) -> Node:
    # `CASE subject WHEN 1` is kept as `"__Case__Variable_7__" IN (1)`, of a variable that only the executor has.
    fields = expression["PLpgSQL_expr"]
    if subject is None:
        return expression
    value = f"({subject['PLpgSQL_expr']['query']})"
    return {"PLpgSQL_expr": {**fields, "query": _CASE_VARIABLE.sub(lambda _: value, str(fields["query"]))}}


def _expressions(value: Any) -> list[Node]:
    if isinstance(value, Mapping):
        if "PLpgSQL_expr" in value:
            return [value]
        return [found for inner in value.values() for found in _expressions(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in _expressions(inner)]
    return []


def _record_target(fields: Node) -> str | None:
    target = fields.get("target") or fields.get("var")
    if not isinstance(target, Mapping) or "PLpgSQL_rec" not in target:
        return None
    return str(target["PLpgSQL_rec"]["refname"])
