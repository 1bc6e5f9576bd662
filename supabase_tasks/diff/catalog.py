"""A database's catalog as rows: one query per kind, a few in each round trip; kept in a file while the database stays."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from io import BufferedRandom, BufferedReader
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.dependencies import QUERY as DEPENDENCIES
from supabase_tasks.diff.unmodelled import QUERY as UNMODELLED
from supabase_tasks.files import digest

if TYPE_CHECKING:
    import psycopg

# Deparsed names are qualified when nothing is on the path; the other settings change how values are deparsed.
_SETTINGS = (
    "SELECT set_config('search_path', '', false), set_config('DateStyle', 'ISO, MDY', false),"
    " set_config('IntervalStyle', 'postgres', false), set_config('TimeZone', 'UTC', false),"
    " set_config('bytea_output', 'hex', false), set_config('extra_float_digits', '1', false),"
    " set_config('quote_all_identifiers', 'off', false)"
)
# pg_type: text[], name[], int4[], "char"[].
_ARRAYS = (1009, 1003, 1007, 1002)
_FORMAT = b"supabase-tasks catalog 3 "
# Queries in one round trip: all 33 at once hold the results of 1,000 tables, 13 MB, in libpq until the last is read.
_TOGETHER = 11
_ROWS_TOGETHER = 1000
# A present history, the one before it, and a branch or two.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query gave: its column names, the places of those that are arrays, its rows (once, one at a time)."""

    names: list[str]
    arrays: list[int]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The answers to the kinds' queries (in the order of `KINDS`), to that for pg_depend and to that for the objects that
    no kind reads. They can be gone through once, rows and all, and are let go of on the way: 1,000 tables are 60,000
    rows. `version` is the server's (170010 is 17.10)."""

    answers: Iterator[Answer]
    version: int


def read(connection: psycopg.Connection[Any]) -> Catalog:
    """Read the database behind `connection`, a few queries at a time.

    Sets search_path and output settings of the session. Raises psycopg's errors as they are.
    """
    connection.execute(_SETTINGS)
    return Catalog(_answers(connection), connection.info.server_version)


def _answers(connection: psycopg.Connection[Any]) -> Iterator[Answer]:
    queries = _queries()
    for start in range(0, len(queries), _TOGETHER):
        with connection.pipeline():
            together = queries[start : start + _TOGETHER]
            cursors = [connection.execute(query.encode(), prepare=True) for query in together]
        cursors.reverse()
        while cursors:
            yield _answer(cursors.pop())


@cache
def _queries() -> tuple[str, ...]:
    from supabase_tasks.diff.kinds import KINDS

    return (*(kind.query for kind in KINDS.values() if kind.query), DEPENDENCIES, UNMODELLED)


def _answer(cursor: psycopg.Cursor[Any]) -> Answer:
    columns = cursor.description or []
    arrays = [place for place, column in enumerate(columns) if column.type_code in _ARRAYS]
    return Answer([column.name for column in columns], arrays, _rows(cursor))


def _rows(cursor: psycopg.Cursor[Any]) -> Iterator[Sequence[Any]]:
    while some := cursor.fetchmany(_ROWS_TOGETHER):
        yield from some


def kept_path(folder: Path, database: str) -> Path:
    """Where the catalog of a database that never changes (a template, named by its content) is kept below `folder`."""
    asked = digest(_FORMAT, *_queries(), str(marshal.version), sys.implementation.cache_tag or "")
    return folder / f"{database}-{asked[:16]}"


def load(path: Path) -> Catalog | None:
    """The catalog that `keep` left, or None when there is none; a damaged one is removed."""
    with suppress(OSError), ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        if file.readline() == _head(file):
            version = int(marshal.load(file))
            stack.pop_all()
            return Catalog(_read_on(file), version)
        path.unlink()
    return None


def _head(file: BufferedReader | BufferedRandom) -> bytes:
    """The first line of a whole and right file; leaves the position behind that line."""
    start = file.tell()
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(start)
    return _FORMAT + found.encode() + b"\n"


def _read_on(file: BufferedReader) -> Iterator[Answer]:
    with file, suppress(EOFError):
        while True:
            names, arrays = marshal.load(file)
            yield Answer(names, arrays, _rows_of(file))


def _rows_of(file: BufferedReader) -> Iterator[Sequence[Any]]:
    while rows := marshal.load(file):
        yield from rows


def keep(path: Path, catalog: Catalog) -> None:
    """Keep a catalog for `load`; nothing happens when it cannot be written, for it can be read again."""
    with suppress(OSError, ValueError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        work = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
        try:
            with work.open("w+b") as file:
                file.write(_FORMAT + b"0" * 64 + b"\n")
                marshal.dump(catalog.version, file)
                for answer in catalog.answers:
                    marshal.dump((answer.names, answer.arrays), file)
                    rows = iter(answer.rows)
                    while some := list(islice(rows, _ROWS_TOGETHER)):
                        marshal.dump(some, file)
                    marshal.dump([], file)
                file.seek(0)
                file.readline()
                head = _head(file)
                file.seek(0)
                file.write(head)
            work.replace(path)
        finally:
            work.unlink(missing_ok=True)
        _prune(path.parent)


def _prune(folder: Path) -> None:
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[_KEPT:]:
        path.unlink(missing_ok=True)
