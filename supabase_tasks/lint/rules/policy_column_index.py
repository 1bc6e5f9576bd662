"""A policy that compares a column with the caller, and no index on that column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.catalog.objects import Policy, Table
from supabase_tasks.lint.expressions import below, column_of, is_session_call, outside_subqueries
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule

if TYPE_CHECKING:
    from google.protobuf.message import Message


def check(history: History) -> Iterator[Hit]:
    for table in history.catalog.tables.values():
        schema, name = table.name
        if schema not in history.exposed or history.catalog.may_have_run("create index", name):
            continue
        for column, policy, location in _compared_columns(table):
            yield Hit(
                policy.statement.at(location),
                f"policy {policy.name!r} compares {name}.{column} with the caller, and no index begins with it",
                f"create index on {schema}.{name} ({column});",
            )


def _compared_columns(table: Table) -> Iterator[tuple[str, Policy, int]]:
    seen: set[str] = set()
    for policy in table.policies.values():
        for column, location in _columns(policy.using) if policy.using is not None else ():
            if column in table.columns and column not in seen and not table.has_index((column,)):
                seen.add(column)
                yield column, policy, location


# Only USING reads rows; WITH CHECK looks at the one row that is written.
def _columns(using: Message) -> Iterator[tuple[str, int]]:
    for node in outside_subqueries(using):
        if isinstance(node, ast.A_Expr) and [part.string.sval for part in node.name] == ["="]:
            for side, other in ((node.lexpr, node.rexpr), (node.rexpr, node.lexpr)):
                column = column_of(side)
                if column and any(is_session_call(item) for item in below(other)):
                    yield column, node.location


RULE = Rule("policy-column-index", "warning", "no index begins with a column that a policy compares", check)
