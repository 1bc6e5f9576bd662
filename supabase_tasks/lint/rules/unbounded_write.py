"""UPDATE or DELETE of every row of a table."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.created_objects import made_here
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule

_KINDS = {"update_stmt": "UPDATE", "delete_stmt": "DELETE"}


def check(history: History) -> Iterator[Hit]:
    for statements in history.run:
        own = made_here(statements)
        for statement in statements:
            verb = _KINDS.get(statement.kind)
            if verb is None or statement.node.HasField("where_clause") or statement.node.relation.relname in own:
                continue
            yield Hit(
                statement.place,
                f"{verb} without WHERE touches every row of {statement.node.relation.relname}",
                "bound it by a WHERE clause, or move the backfill out of the migration and do it in batches",
            )


RULE = Rule("unbounded-write", "warning", "an UPDATE or DELETE has no WHERE clause", check)
