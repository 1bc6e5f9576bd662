"""What a file takes away and makes as well: inside of one transaction no client misses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.statements import Statement

# A word for the kind, the schema, the name; of a default also the column.
Thing = tuple[str, ...]
_RENAMING = {ast.OBJECT_TABLE: "renaming-table", ast.OBJECT_COLUMN: "renaming-column"}
_NAMED_BY = {"create_enum_stmt": "type_name", "create_range_stmt": "type_name", "create_domain_stmt": "domainname"}


def passing_findings(statements: Sequence[Statement]) -> frozenset[tuple[str, int]]:
    """squawk's rules and the lines at which they ask about such a change: a default that a new column had for its rows, a type or
    an index that is made anew."""
    made = {thing for statement in statements for thing in _things_made(statement)}
    found: set[tuple[str, int]] = set()
    for statement in statements:
        for rule, things in _things_taken(statement):
            if things and things <= made:
                first, last = (statement.source.place(at).line for at in (statement.start, statement.end))
                found.update((rule, line) for line in range(first, last + 1))
    return frozenset(found)


def _things_made(statement: Statement) -> Iterator[Thing]:
    node = statement.node
    if statement.kind in _NAMED_BY:
        yield ("type", *_name(getattr(node, _NAMED_BY[statement.kind])))
    elif statement.kind == "composite_type_stmt":
        yield ("type", node.typevar.schemaname, node.typevar.relname)
    elif statement.kind == "rename_stmt" and node.rename_type in _RENAMING:
        yield _name_given(node, node.newname)
    elif statement.kind == "index_stmt":
        yield ("index", node.relation.schemaname, node.idxname)
    elif statement.kind == "alter_table_stmt":
        for command in _commands(statement):
            if command.subtype == ast.AT_AddColumn:
                yield _default(statement, getattr(command, "def").column_def.colname)
            elif command.subtype == ast.AT_ColumnDefault and command.HasField("def"):
                yield _default(statement, command.name)


def _things_taken(statement: Statement) -> Iterator[tuple[str, set[Thing]]]:
    node = statement.node
    if statement.kind == "alter_table_stmt":
        gone = [one for one in _commands(statement) if one.subtype == ast.AT_ColumnDefault and not one.HasField("def")]
        yield "ban-drop-default", {_default(statement, one.name) for one in gone}
    elif statement.kind == "rename_stmt" and node.rename_type in (ast.OBJECT_TYPE, ast.OBJECT_DOMAIN):
        yield "renaming-object", {("type", *_name(node.object.list.items))}
    elif statement.kind == "rename_stmt" and node.rename_type in _RENAMING:
        yield _RENAMING[node.rename_type], {_name_given(node, node.subname or node.relation.relname)}
    elif statement.kind == "drop_stmt" and node.remove_type == ast.OBJECT_INDEX:
        yield "require-concurrent-index-deletion", {("index", *_name(one.list.items)) for one in node.objects}


# Protobuf messages.
def _commands(statement: Statement) -> list[Any]:
    return [command.alter_table_cmd for command in statement.node.cmds]


def _default(statement: Statement, column: str) -> Thing:
    relation = statement.node.relation
    return ("default", relation.schemaname, relation.relname, column)


def _name_given(node: Any, name: str) -> Thing:
    relation = node.relation
    table = (relation.relname,) if node.rename_type == ast.OBJECT_COLUMN else ()
    return ("renamed", relation.schemaname, *table, name)


def _name(parts: Iterable[Any]) -> tuple[str, str]:
    names = [part.string.sval for part in parts]
    return ("", names[0]) if len(names) == 1 else (names[-2], names[-1])
