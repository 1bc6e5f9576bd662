"""A database's catalog as rows: one query per kind, all in one round trip; kept in a file while the database stays."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from supabase_tasks.diff.dependencies import QUERY as DEPENDENCIES
from supabase_tasks.diff.unmodelled import QUERY as UNMODELLED
from supabase_tasks.files import digest

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")

# Deparsed names are qualified when nothing is on the path; the other settings change how values are deparsed.
_SETTINGS = (
    "SELECT set_config('search_path', '', false), set_config('DateStyle', 'ISO, MDY', false),"
    " set_config('IntervalStyle', 'postgres', false), set_config('TimeZone', 'UTC', false),"
    " set_config('bytea_output', 'hex', false), set_config('extra_float_digits', '1', false),"
    " set_config('quote_all_identifiers', 'off', false)"
)
# pg_type: text[], name[], int4[], "char"[].
_ARRAYS = (1009, 1003, 1007, 1002)
_FORMAT = b"supabase-tasks catalog 1 "
# A present history, the one before it, and a branch or two.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query gave: its column names, the places of those that are arrays, its rows."""

    names: list[str]
    arrays: list[int]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The answers to the kinds' queries (in the order of `KINDS`), to that for pg_depend and to that for the objects that
    no kind reads. They can be gone through once, and each is let go of then: 1,000 tables are 60,000 rows.
    `version` is the server's (170010 is 17.10)."""

    answers: Iterator[Answer]
    version: int


def read(connection: psycopg.Connection[Any]) -> Catalog:
    """Read the database behind `connection`.

    Sets search_path and output settings of the session. Raises psycopg's errors as they are.
    """
    with connection.pipeline():
        connection.execute(_SETTINGS)
        cursors = [connection.execute(query.encode(), prepare=True) for query in _queries()]
    return Catalog(map(_answer, _each(cursors)), connection.info.server_version)


def _each(items: list[T]) -> Iterator[T]:
    items.reverse()
    while items:
        yield items.pop()


@cache
def _queries() -> tuple[str, ...]:
    from supabase_tasks.diff.kinds import KINDS

    return (*(kind.query for kind in KINDS.values() if kind.query), DEPENDENCIES, UNMODELLED)


def _answer(cursor: psycopg.Cursor[Any]) -> Answer:
    columns = cursor.description or []
    arrays = [place for place, column in enumerate(columns) if column.type_code in _ARRAYS]
    return Answer([column.name for column in columns], arrays, cursor.fetchall())


def kept_path(folder: Path, database: str) -> Path:
    """Where the catalog of a database that never changes (a template, named by its content) is kept below `folder`."""
    asked = digest(*_queries(), str(marshal.version), sys.implementation.cache_tag or "")
    return folder / f"{database}-{asked[:16]}"


def load(path: Path) -> Catalog | None:
    """The catalog that `keep` left, or None when there is none or it is damaged."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head != _FORMAT + digest(body).encode():
            return None
        answers, version = marshal.loads(body)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return Catalog(_each([Answer(*answer) for answer in answers]), version)


def keep(path: Path, catalog: Catalog) -> None:
    """Keep a catalog for `load`; nothing happens when it cannot be written, for it can be read again."""
    answers = [(answer.names, answer.arrays, answer.rows) for answer in catalog.answers]
    with suppress(OSError, ValueError):
        body = marshal.dumps((answers, catalog.version))
        path.parent.mkdir(mode=0o700, exist_ok=True)
        work = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
        try:
            work.write_bytes(_FORMAT + digest(body).encode() + b"\n" + body)
            work.replace(path)
        finally:
            work.unlink(missing_ok=True)
        _prune(path.parent)


def _prune(folder: Path) -> None:
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[_KEPT:]:
        path.unlink(missing_ok=True)
