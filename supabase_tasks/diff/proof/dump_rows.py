"""What the functions of a dump give, so that the names behind their calls mean nothing in it (`catalog.row_lists`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from supabase_tasks.diff.catalog.deparse import IDENTIFIER
from supabase_tasks.diff.catalog.row_lists import Columns, Rows, without_own_names

# A kind, a schema and a name, as `dump.Entry`.
Entry = tuple[str, str, str]

_NAME = rf"{IDENTIFIER}\.{IDENTIFIER}"
_FUNCTION = re.compile(rf"^CREATE FUNCTION (?P<function>{_NAME})\(.*\) RETURNS (?:SETOF )?(?P<table>{_NAME})$")
_TABLE = re.compile(rf"^CREATE (?:UNLOGGED )?TABLE (?P<table>{_NAME}) \($")
_INHERITS = re.compile(r"^INHERITS \((.*)\);$")
_COLUMN = re.compile(rf"^    (?!CONSTRAINT )({IDENTIFIER}) ")
_QUERIES = frozenset({"VIEW", "MATERIALIZED VIEW", "RULE", "POLICY", "FUNCTION", "PROCEDURE"})


class DumpedRows:
    """Collected while a dump is read."""

    def __init__(self) -> None:
        self._columns: dict[str, Columns] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._given: list[tuple[str, str]] = []

    def see(self, entry: Entry, lines: Sequence[str]) -> None:
        """Take note of an object, whose lines are as pg_dump wrote them."""
        if entry[0] == "TABLE":
            made = next(filter(None, map(_TABLE.match, lines)), None)
            if made:
                found = (column[1] for line in lines if (column := _COLUMN.match(line)))
                self._columns[made["table"]] = tuple(found)
                above = next(filter(None, map(_INHERITS.match, lines)), None)
                self._parents[made["table"]] = tuple(above[1].split(", ")) if above else ()
        elif entry[0] == "FUNCTION":
            given = next(filter(None, map(_FUNCTION.match, lines)), None)
            if given:
                self._given.append((given["function"], given["table"]))

    def leave_out(self, found: dict[Entry, str]) -> None:
        """Leave the names behind the functions' calls out of the queries in `found`."""
        rows: dict[str, Rows] = {}
        for function, table in self._given:
            if table in self._columns:
                rows[function] = [*rows.get(function, ()), self._columns_of(table)]
        for entry in found if rows else ():
            if entry[0] in _QUERIES:
                found[entry] = without_own_names(found[entry], rows)

    def _columns_of(self, table: str) -> Columns | frozenset[str]:
        """The columns of a table. Those of a child are told with its parents, and not in which order it has them; our own
        snapshot knows it."""
        return frozenset(self._all_columns(table)) if self._parents[table] else self._columns[table]

    def _all_columns(self, table: str) -> Iterator[str]:
        yield from self._columns.get(table, ())
        for parent in self._parents.get(table, ()):
            yield from self._all_columns(parent)
