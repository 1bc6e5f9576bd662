"""TRUNCATE in a migration."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.created_objects import made_here
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for statements in history.run:
        own = made_here(statements)
        for statement in statements:
            if statement.kind != "truncate_stmt":
                continue
            names = [item.range_var.relname for item in statement.node.relations]
            if not own.issuperset(names):
                yield Hit(
                    statement.place,
                    f"TRUNCATE empties {', '.join(names)} on every database this migration reaches",
                    "delete the rows that are meant, by a condition",
                )


RULE = Rule("truncate-table", "error", "a migration truncates a table", check)
