"""What DO blocks run: their static statements, and the phrases of the SQL they put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import postgast
from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.statements import Statement

_NAMES = re.compile(r"[a-z_][a-z0-9_$]*", re.IGNORECASE)
_CATALOGUES = re.compile(r"\b(?:pg_tables|pg_class|pg_policies|pg_proc|pg_views|information_schema)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dynamic:
    """SQL that a DO block puts together when it runs: its text in lower case, and the names the block mentions (None
    when it reads them from the catalogue: they may be any)."""

    text: str
    names: frozenset[str] | None

    def touches(self, phrase: str, name: str) -> bool:
        """Whether the block may run a statement with `phrase` for the object called `name`."""
        return phrase in self.text and (self.names is None or name in self.names)


@dataclass(frozen=True, slots=True)
class Block:
    """The inside of a DO block."""

    statements: tuple[Statement, ...] = ()
    dynamic: Dynamic | None = None


def inside(statement: Statement) -> Block:
    """What a DO statement runs. One that is not PL/pgSQL, or that cannot be read, may run anything it mentions."""
    source = statement.source
    text = source.data[statement.start : statement.end].decode(errors="replace")
    names = None if _CATALOGUES.search(text) else frozenset(name.lower() for name in _NAMES.findall(text))
    tree = _tree(text)
    if not tree:
        return Block((), Dynamic(text.lower(), names))
    found = tuple(_find_queries(tree))
    body = "\n".join(query for query, computed in found if computed).lower()
    static = [item for query, computed in found for item in _parse(statement, query, computed)]
    return Block(tuple(static), Dynamic(body, names) if body else None)


# A block in another language is a function without an action. The tree is nested JSON, see `_find_queries`.
def _tree(text: str) -> list[Any]:
    try:
        tree: list[Any] = postgast.parse_plpgsql(text)
    except postgast.PgQueryError:
        return []
    return [item for item in tree if "action" in item["PLpgSQL_function"]]


# libpg_query hands PL/pgSQL over as nested JSON: {"PLpgSQL_stmt_…": {…}}.
def _find_queries(tree: Any) -> Iterator[tuple[str, bool]]:
    if isinstance(tree, list):
        for item in tree:
            yield from _find_queries(item)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key == "PLpgSQL_stmt_execsql":
                yield value["sqlstmt"]["PLpgSQL_expr"]["query"], False
            elif key == "PLpgSQL_stmt_dynexecute":
                yield value["query"]["PLpgSQL_expr"]["query"], True
            else:
                yield from _find_queries(value)


def _parse(block: Statement, query: str, computed: bool) -> Iterator[Statement]:
    sql = _literal(query) if computed else query
    if sql is None:
        return
    try:
        stmts = postgast.parse(sql).stmts
    except postgast.PgQueryError:
        return
    base = block.source.data.find(query.encode(), block.start, block.end)
    for raw in stmts:
        kind = raw.stmt.WhichOneof("node")
        if kind is not None:
            found = replace(block, node=getattr(raw.stmt, kind), kind=kind, exact=base >= 0 and not computed)
            yield replace(found, base=base, start=base) if base >= 0 else found


def _literal(expression: str) -> str | None:
    """The text of an EXECUTE whose argument is one plain literal, else None."""
    try:
        target = postgast.parse(f"select {expression}").stmts[0].stmt.select_stmt.target_list[0].res_target.val
    except (postgast.PgQueryError, IndexError):
        return None
    return target.a_const.sval.sval if _is_text(target) else None


def _is_text(node: ast.Node) -> bool:
    return bool(node.WhichOneof("node") == "a_const" and node.a_const.WhichOneof("val") == "sval")
