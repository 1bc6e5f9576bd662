"""The statements of a migration, parsed by PostgreSQL's own parser (libpg_query), those inside DO blocks included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import postgast
from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.source import Place, Source

# What may stand before a statement's first token: libpg_query counts it to the statement.
_LEAD = re.compile(rb"(?:\s+|--[^\n]*\n?|/\*.*?\*/)*", re.DOTALL)


# Compared by identity: a value comparison would walk two syntax trees.
@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One statement: its syntax tree, the name of its kind (`create_stmt`, …) and the bytes it takes in the file.

    Each kind has a node class of its own, which the code that asks for the kind knows.

    `start` is its first token. `exact` is False for a statement whose own tokens
    cannot be located because its text is computed.
    """

    source: Source
    node: Any
    kind: str
    start: int
    end: int
    exact: bool = True
    base: int = 0

    @property
    def place(self) -> Place:
        return self.source.place(self.start)

    def at(self, location: int) -> Place:
        """The place of a node of this statement by its `location`."""
        return self.source.place(self.base + location) if self.exact and location > 0 else self.place


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """PostgreSQL's parser refused the file: where and why."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file's statements in order. With a `fault` they are those that parse on their own."""

    source: Source
    statements: tuple[Statement, ...]
    fault: SyntaxFault | None = None


def parse(source: Source) -> ParsedFile:
    """Parse one file. A syntax error becomes the `fault`; the statements around it are kept."""
    try:
        return ParsedFile(source, tuple(_statements(source, source.text, 0)))
    except postgast.PgQueryError as error:
        where = source.place(max(error.cursorpos - 1, 0))
        fault = SyntaxFault(where, " ".join(error.message.split()))
        return ParsedFile(source, tuple(_salvage(source)), fault)


def _statements(source: Source, sql: str, base: int) -> Iterator[Statement]:
    for raw in postgast.parse(sql).stmts:
        lead = base + raw.stmt_location
        # The last statement of a text has no length: it reaches to the end.
        length = raw.stmt_len or len(sql.encode()) - raw.stmt_location
        match = _LEAD.match(source.data, lead)
        yield _statement(source, raw.stmt, match.end() if match else lead, lead + length, base)


def _statement(source: Source, node: ast.Node, start: int, end: int, base: int) -> Statement:
    kind = cast(str, node.WhichOneof("node"))
    return Statement(source, getattr(node, kind), kind, start, end, base=base)


def _salvage(source: Source) -> Iterator[Statement]:
    try:
        pieces = postgast.split(source.text, method="scanner")
    except postgast.PgQueryError:
        return
    position = 0
    for piece in pieces:
        base = source.data.find(piece.encode(), position)
        position = base + len(piece.encode())
        try:
            yield from _statements(source, piece, base)
        except postgast.PgQueryError:
            continue


def called_name(call: ast.FuncCall) -> tuple[str, str]:
    """(schema, name) of the function a call names; the schema is empty when it is not given."""
    parts = [part.string.sval for part in call.funcname]
    return (parts[-2] if len(parts) > 1 else "", parts[-1])
