"""Statements as plain values, which `marshal` writes and reads ten times as fast as `pickle` objects of a class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from supabase_tasks.models.declaration import Origin, Statement

# Text, kind, identity, and the file and line of the origin.
Plain = tuple[str, str, tuple[str, ...], str | None, int]


def of(statement: Statement) -> Plain:
    """The plain value of a statement."""
    # SQLAlchemy's names are a kind of str that marshal does not know.
    identity = tuple(map(str, statement.identity))
    origin = statement.origin
    file, line = (str(origin.file), origin.line) if origin else (None, 0)
    return str(statement.sql), statement.kind, identity, file, line


def statements(plain: Iterable[Plain]) -> Iterator[Statement]:
    """The statements of plain values; those of one file share its path."""
    places: dict[str, Path] = {}
    for sql, kind, identity, file, line in plain:
        origin = Origin(places.setdefault(file, Path(file)), line) if file else None
        yield Statement(sql, kind, identity, origin)
