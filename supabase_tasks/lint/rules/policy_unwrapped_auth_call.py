"""A policy that calls auth.uid() for every row."""

from __future__ import annotations

from collections.abc import Iterator

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.catalog.objects import Policy, Table
from supabase_tasks.lint.expressions import is_session_call, outside_subqueries
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.lint.statements import called_name


def check(history: History) -> Iterator[Hit]:
    for table in history.catalog.tables.values():
        for policy in table.policies.values():
            yield from _unwrapped_calls(table, policy)


def _unwrapped_calls(table: Table, policy: Policy) -> Iterator[Hit]:
    for expression in (policy.using, policy.check):
        for node in outside_subqueries(expression) if expression is not None else ():
            if isinstance(node, ast.FuncCall) and is_session_call(node):
                call = ".".join(part for part in called_name(node) if part) + "()"
                yield Hit(
                    policy.statement.at(node.location),
                    f"policy {policy.name!r} on {'.'.join(table.name)} calls {call} once per row",
                    f"wrap the call: (select {call}) is evaluated once per query",
                )
                return


RULE = Rule(
    "policy-unwrapped-auth-call", "warning", "a policy calls auth.uid(), or a function like it, once per row", check
)
