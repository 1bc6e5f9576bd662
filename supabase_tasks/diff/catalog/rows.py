"""A database's catalog as rows: one query per kind, a few in each round trip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import psycopg

# Deparsed names are qualified when nothing is on the path; the other settings change how values are deparsed.
_SETTINGS = (
    "SELECT set_config('search_path', '', false), set_config('DateStyle', 'ISO, MDY', false),"
    " set_config('IntervalStyle', 'postgres', false), set_config('TimeZone', 'UTC', false),"
    " set_config('bytea_output', 'hex', false), set_config('extra_float_digits', '1', false),"
    " set_config('quote_all_identifiers', 'off', false),"
    # Whether a stand-in may have kept something as a number.
    " EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'postgis') OR EXISTS (SELECT FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_am a ON a.oid = c.relam WHERE a.amname IN ('hnsw', 'ivfflat') AND c.reloptions IS NOT NULL)"
)
# pg_type: text[], name[], int4[], "char"[].
_ARRAYS = (1009, 1003, 1007, 1002)
# Queries in one round trip: all 33 at once hold the results of 1,000 tables, 13 MB, in libpq until the last is read.
_TOGETHER = 11
ROWS_TOGETHER = 1000


class Query(NamedTuple):
    """A question to the catalog. It is asked only where one of the catalogs in `found_in` (each with a condition) has a row;
    always, when none is named."""

    text: str
    found_in: tuple[str, ...] = ()

    @property
    def condition(self) -> str:
        return " OR ".join(f"EXISTS (SELECT FROM pg_catalog.{one})" for one in self.found_in) or "true"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query gave: its column names, the places of those that are arrays, its rows (once, one at a time)."""

    names: list[str]
    arrays: list[int]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The answers to the kinds' queries (in the order of `KINDS`), to that for pg_depend and to that for the objects that
    no kind reads. They can be gone through once, rows and all, and are freed on the way: 1,000 tables are 60,000
    rows. `version` is the server's (170010 is 17.10)."""

    answers: Iterator[Answer]
    version: int


def read(connection: psycopg.Connection[Any], queries: Sequence[Query]) -> Catalog:
    """The answers to `queries` (the kinds' first) in the database behind `connection`, a few queries at a time.

    Most databases have nothing of most kinds, and planning a query takes as long with rows as without: those are not asked,
    which halves the time of a new session. Sets search_path and output settings of the session. Raises psycopg's errors as
    they are.
    """
    found = ", ".join(query.condition for query in queries)
    ((*_, numbers, there),) = connection.execute(f"{_SETTINGS}, ARRAY[{found}]".encode()).fetchall()
    return Catalog(_answers(connection, queries, there, numbers), connection.info.server_version)


def _answers(
    connection: psycopg.Connection[Any], queries: Sequence[Query], there: Sequence[bool], numbers: bool
) -> Iterator[Answer]:
    answers = _ask(connection, [query.text for query, asked in zip(queries, there, strict=True) if asked], numbers)
    for asked in there:
        yield next(answers) if asked else Answer([], [], ())


def _ask(connection: psycopg.Connection[Any], queries: Sequence[str], numbers: bool) -> Iterator[Answer]:
    for start in range(0, len(queries), _TOGETHER):
        with connection.pipeline():
            together = queries[start : start + _TOGETHER]
            cursors = [connection.execute(query.encode()) for query in together]
        cursors.reverse()
        while cursors:
            yield _answer(cursors.pop(), numbers)


def _answer(cursor: psycopg.Cursor[Any], numbers: bool) -> Answer:
    columns = cursor.description or []
    arrays = [place for place, column in enumerate(columns) if column.type_code in _ARRAYS]
    return Answer([column.name for column in columns], arrays, _read_back(_rows(cursor)) if numbers else _rows(cursor))


def _rows(cursor: psycopg.Cursor[Any]) -> Iterator[Sequence[Any]]:
    while some := cursor.fetchmany(ROWS_TOGETHER):
        yield from some


def _read_back(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    from supabase_tasks import standin_numbers

    read = standin_numbers.value_reader()
    for row in rows:
        yield [read(value) for value in row]
