"""How many rows of the local database a change concerns: for the person who is asked about them."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import TaskError
from supabase_tasks.flow.local import connection, database
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

_TIMEOUT = "1500ms"


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of a table, and those that have a value in the column that was asked about. None: the table is not there."""

    rows: int
    values: int | None = None


class LocalRows:
    """Counts rows of the local database if it runs; starts nothing. `None` means that nothing can be said."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._local: Any = None
        self._looked = False
        self._connection: psycopg.Connection[Any] | None = None

    def of(self, schema: str, table: str, column: str = "") -> Count | None:
        """Rows of a table, or of one of its columns."""
        import psycopg

        if not self._open():
            return None
        try:
            return _count(self._connect(), schema, table, column)
        except (psycopg.Error, TaskError):
            return None

    def holding(self, schema: str, table: str, column: str, values: Sequence[str]) -> int | None:
        """The rows of a table that have one of an enum's `values` in the column."""
        import psycopg

        if not self._open():
            return None
        try:
            return _count_of(self._connect(), (schema, table, column), values)
        except (psycopg.Error, TaskError):
            return None

    def _connect(self) -> psycopg.Connection[Any]:
        """One connection for all counts; a new one when the server has ended it."""
        if self._connection is None or self._connection.closed:
            self._connection = connection.open_connection(self._local)
            weakref.finalize(self, self._connection.close)
            self._connection.execute(f"SET statement_timeout = '{_TIMEOUT}'")
        return self._connection

    def _open(self) -> bool:
        if not self._looked:
            self._looked = True
            try:
                self._local = database.running(self._settings)
            except TaskError:
                self._local = None
        return self._local is not None


def _count(connection: psycopg.Connection[Any], schema: str, table: str, column: str) -> Count:
    from psycopg import sql

    where = sql.Identifier(schema, table)
    # What lies in a column is counted without being read: no function, operator or type of the schema runs.
    values = sql.SQL("count({})").format(sql.Identifier(column)) if column else sql.SQL("NULL")
    row = connection.execute(sql.SQL("SELECT count(*), {} FROM {}").format(values, where)).fetchone()
    return Count(row[0], row[1]) if row else Count(0)


def _count_of(connection: psycopg.Connection[Any], column: tuple[str, str, str], values: Sequence[str]) -> int | None:
    """None where the column is not of an enum itself (an array, a domain): its values are not taken apart."""
    from psycopg import sql

    kind = (
        "SELECT t.typtype FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
        " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
        " WHERE (n.nspname, c.relname, a.attname) = (%s, %s, %s)"
    )
    if (connection.execute(kind, column).fetchone() or (None,))[0] != "e":
        return None
    # As the type prints itself: a cast to text may be a function of the schema.
    query = sql.SQL(
        "SELECT count(*) FROM {} WHERE pg_catalog.format('%%s', {}) OPERATOR(pg_catalog.=) ANY (%s)"
    ).format(sql.Identifier(*column[:2]), sql.Identifier(column[2]))
    row = connection.execute(query, [list(values)]).fetchone()
    return row[0] if row else None
