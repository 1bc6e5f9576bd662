"""Columns that a file itself adds: no client relies on a default that they have for a moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.statements import Statement


def lines_of_passing_defaults(statements: Iterable[Statement]) -> frozenset[int]:
    """The lines of the statements that drop only defaults of columns which the file added before: what a NOT NULL column of a
    table with rows takes."""
    added: set[tuple[str, str, str]] = set()
    found: set[int] = set()
    for statement in statements:
        if statement.kind != "alter_table_stmt":
            continue
        commands = [command.alter_table_cmd for command in statement.node.cmds]
        table = (statement.node.relation.schemaname, statement.node.relation.relname)
        dropped = {(*table, one.name) for one in commands if _drops_default(one)}
        if dropped and dropped <= added:
            first, last = (statement.source.place(at).line for at in (statement.start, statement.end))
            found.update(range(first, last + 1))
        added |= {
            (*table, getattr(one, "def").column_def.colname) for one in commands if one.subtype == ast.AT_AddColumn
        }
    return frozenset(found)


# A protobuf message.
def _drops_default(command: Any) -> bool:
    return command.subtype == ast.AT_ColumnDefault and not command.HasField("def")
