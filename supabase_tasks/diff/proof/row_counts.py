"""Rows that must outlive a migration: counted before and after, by what no rename changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.scope import user_schema

if TYPE_CHECKING:
    import psycopg

# Tables that have at least one page, with their columns.
_TABLES = f"""
    SELECT c.oid::int8, c.oid::regclass::text, array_agg(a.attnum::int ORDER BY a.attnum),
        array_agg(format('count(%I)', a.attname) ORDER BY a.attnum)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND pg_catalog.pg_relation_size(c.oid) > 0 AND {user_schema()}
    GROUP BY c.oid ORDER BY c.oid
"""


@dataclass(frozen=True, slots=True)
class RowCount:
    """What one table holds: its name, its rows, and the values that are not NULL by column number."""

    table: str
    rows: int
    values: Mapping[int, int]


def count(connection: psycopg.Connection[Any]) -> Mapping[int, RowCount]:
    """What every table with rows holds, by the table's OID: it and a column's number outlive every rename and no drop.

    The connection has to see all rows: that of `postgres`, who reads everything and passes row level security by.
    """
    connection.execute("SELECT set_config('search_path', '', false)")
    tables = connection.execute(_TABLES).fetchall()
    with connection.pipeline():
        cursors = [
            connection.execute(f"SELECT count(*), {', '.join(counts)} FROM ONLY {name}".encode())
            for _, name, _, counts in tables
        ]
    found = {}
    for (oid, name, numbers, _), cursor in zip(tables, cursors, strict=True):
        ((rows, *values),) = cursor.fetchall()
        if rows:
            found[oid] = RowCount(name, rows, dict(zip(numbers, values, strict=True)))
    return found


def lost(
    before: Mapping[int, RowCount], after: Mapping[int, RowCount], allowed: frozenset[str] = frozenset()
) -> list[str]:
    """Tables that lost rows, and columns that lost values, though they are still there; and tables that are gone,
    unless their loss was allowed."""
    found = []
    for oid, held in before.items():
        now = after.get(oid)
        if held.table in allowed:
            continue
        if now is None or now.rows < held.rows:
            found.append(f"{held.table}: {held.rows} rows before, {now.rows if now else 0} after")
            continue
        missing = [number for number, values in held.values.items() if now.values.get(number, values) < values]
        found += [f"{now.table}: column {number} lost values" for number in missing]
    return found
