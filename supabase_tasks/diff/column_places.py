"""Queries that name the columns of a table by their places, and mean others where these stand in another order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from supabase_tasks.diff.catalog import row_lists
from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.row_lists import Columns, Rows
from supabase_tasks.diff.ddl.names import ident, qualified

Items = Mapping[Key, Item]


class PlaceUse(NamedTuple):
    """An object with a query that names the columns of `table` (an SQL name) by their places."""

    key: Key
    table: str


def in_any_order(items: dict[Key, Item]) -> None:
    """Leave out of the queries the names behind functions that are the columns' own: they differ with the order of a table's
    columns, which is not compared, and mean nothing."""
    rows = _rows(items)
    if rows:
        for key, item in items.items():
            if item.query_fields:
                items[key] = item.with_queries(lambda text: row_lists.without_own_names(text, rows))


def uses(items: Items) -> Iterator[PlaceUse]:
    """The objects whose queries, as `in_any_order` leaves them, name columns of tables by their places."""
    tables = {qualified(*identity) for kind, identity in items if kind == "table"}
    given = [(qualified(*key[1][:2]), item.rows_of) for key, item in items.items() if item.rows_of in tables]
    for key, item in items.items():
        for text in item.queries.values() if item.query_fields else ():
            if "FROM" in text or "JOIN" in text:
                named = [table for table in row_lists.tables_named_by_place(text) if table in tables]
                named += [table for function, table in given if row_lists.is_named_by_place(text, function)]
                yield from (PlaceUse(key, table) for table in named)


def columns(items: Items, tables: Collection[str]) -> Mapping[str, Columns]:
    """The SQL names of the columns of tables, by the SQL names of these, in the order that they have here."""
    found: dict[str, list[tuple[int, str]]] = {}
    for (kind, identity), item in items.items():
        if kind == "column" and (table := qualified(*identity[:2])) in tables:
            found.setdefault(table, []).append((getattr(item, "position", 0), ident(identity[2])))
    return {table: tuple(name for _, name in sorted(some)) for table, some in found.items()}


def _rows(items: Items) -> Mapping[str, Rows]:
    """What each function gives that gives rows of a table, by the functions' SQL names."""
    given = [(qualified(*key[1][:2]), item.rows_of) for key, item in items.items() if item.rows_of]
    known = columns(items, {table for _, table in given}) if given else {}
    found: dict[str, set[Columns]] = {}
    for function, table in given:
        if table in known:
            found.setdefault(function, set()).add(known[table])
    return found
