"""Tables that a file makes itself: nothing in them can be lost."""

from __future__ import annotations

from collections.abc import Iterable

from supabase_tasks.lint.statements import Statement


def made_here(statements: Iterable[Statement]) -> frozenset[str]:
    """Names of the tables that these statements create."""
    made = set()
    for statement in statements:
        if statement.kind == "create_stmt" and not statement.node.if_not_exists:
            made.add(statement.node.relation.relname)
        elif statement.kind == "create_table_as_stmt":
            made.add(statement.node.into.rel.relname)
    return frozenset(made)
