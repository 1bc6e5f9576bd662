"""Migrations that reach for the migration history itself, which only the CLI writes.

What a later promotion rests on is what `supabase_migrations.schema_migrations` says. So every mention of it counts, in
names, strings, DO blocks and function bodies alike, except in a query that can only read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from supabase_tasks.ledger import normalise, splitting

SCHEMA, TABLE = "supabase_migrations", "schema_migrations"
_JOINED = re.compile(r"supabase_?migrations")
_UNICODE = re.compile(r"\\(?:\+([0-9a-f]{6})|([0-9a-f]{4}))", re.IGNORECASE)
_ESCAPES = re.compile(r"\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{1,3})|(.))", re.DOTALL)
_DOLLAR = re.compile(r"\$(?:[^\W\d]\w*)?\$")
_DEPTH = 6


def find_writes(sql: str) -> Iterator[int]:
    """The offset of every statement of the migration `sql` that names the history and could do more than read it."""
    for statement in splitting.split(sql):
        if _mentions(statement.text) and not _only_reads(statement.text):
            yield statement.offset


def _mentions(sql: str, depth: int = 0) -> bool:
    """Whether `sql` names the history: its schema, or its table without a schema, by any spelling of an identifier or
    a string, taken apart or not."""
    tokens = list(normalise.tokens(sql))
    if any(token.lower() == "uescape" for token in tokens):
        # An escape character of the author's own choice: nothing readable is written like that.
        return True
    strings: list[str] = []
    for position, token in enumerate(tokens):
        text = _text(token)
        if text is None:
            if _names(_name(token), tokens[:position][-3:]):
                return True
        else:
            strings.append(text)
            if depth < _DEPTH and _mentions(text, depth + 1):
                return True
    return _JOINED.search("".join(strings).lower()) is not None


def _names(name: str, before: list[str]) -> bool:
    if name == SCHEMA:
        return True
    qualified = len(before) > 1 and before[-1] == "."
    return name == TABLE and not (qualified and _name(before[-2]) != SCHEMA)


def _name(token: str) -> str:
    if not token.startswith('"'):
        return token.lower()
    return _UNICODE.sub(_code, token.strip('"').replace('""', '"')).lower()


def _text(token: str) -> str | None:
    """The content of a string token; None for any other."""
    if token[0] == "$" and (tag := _DOLLAR.match(token)):
        return token[tag.end() : -tag.end()]
    if token[:2].lower() == "e'":
        return _ESCAPES.sub(_code, token[2:-1].replace("''", "'"))
    if token[0] == "'":
        return _UNICODE.sub(_code, token[1:-1].replace("''", "'"))
    return None


def _code(match: re.Match[str]) -> str:
    found = [group for group in match.groups() if group]
    if match.lastindex and match.re is _ESCAPES and match.lastindex > 3:
        return chr(int(found[0], 8) % 256) if match.lastindex == 4 else found[0]
    code = int(found[0], 16)
    return chr(code) if code < 0x110000 else ""


def _only_reads(statement: str) -> bool:
    """Whether it is a query whose only mentions are tables that it reads: no write in it, no string of that name. A
    function or view over the history is not only read."""
    import postgast

    try:
        nodes = [raw.stmt for raw in postgast.parse(statement).stmts]
    except postgast.PgQueryError:
        return False
    if any(node.WhichOneof("node") == "comment_stmt" for node in nodes):
        return not _names_of_comment(nodes)
    plain = all(node.WhichOneof("node") == "select_stmt" for node in nodes)
    return plain and not any(_writes_or_names(node) for node in nodes)


def _names_of_comment(nodes: list[Any]) -> bool:
    return any(SCHEMA in str(node.comment_stmt.object) or TABLE in str(node.comment_stmt.object) for node in nodes)


def _writes_or_names(node: Any) -> bool:
    """Whether a write, a SELECT INTO or a string constant that names the history is anywhere below `node`."""
    from postgast import pg_query_pb2 as ast

    if isinstance(node, (ast.InsertStmt, ast.UpdateStmt, ast.DeleteStmt, ast.MergeStmt, ast.IntoClause)):
        return True
    if isinstance(node, ast.A_Const):
        return _mentions(f"'{node.sval.sval.replace(chr(39), chr(39) * 2)}'")
    return any(_writes_or_names(child) for child in _children(node))


def _children(node: Any) -> Iterator[Any]:
    for field, value in node.ListFields():
        if field.message_type is not None:
            yield from (value,) if hasattr(value, "ListFields") else value
