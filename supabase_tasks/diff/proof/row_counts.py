"""Rows that must outlive a migration: counted before and after with their values, by what no rename changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supabase_tasks import wording
from supabase_tasks.diff.catalog.scope import user_schema

if TYPE_CHECKING:
    import psycopg

# Tables that have at least one page, with their columns.
_TABLES = f"""
    SELECT c.oid::int8, c.oid::regclass::text, array_agg(a.attnum::int ORDER BY a.attnum),
        array_agg(format('count(%I)', a.attname) ORDER BY a.attnum),
        array_agg(CASE WHEN a.attgenerated = '' AND t.typnamespace = 11
            THEN format('sum(pg_catalog.hashtextextended(%I::text, 0)::numeric)', a.attname) ELSE 'NULL' END ORDER BY a.attnum),
        array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND pg_catalog.pg_relation_size(c.oid) > 0 AND {user_schema()}
    GROUP BY c.oid ORDER BY c.oid
"""


@dataclass(frozen=True, slots=True)
class RowCount:
    """What one table holds: its name, its rows, and by column number how many values are not NULL, their type, and a sum
    over their text (None where the type is a person's own, or the column is computed)."""

    table: str
    rows: int
    values: Mapping[int, int]
    types: Mapping[int, str] = field(default_factory=dict)
    sums: Mapping[int, Decimal | None] = field(default_factory=dict)


def count(connection: psycopg.Connection[Any]) -> Mapping[int, RowCount]:
    """What every table with rows holds, by the table's OID: it and a column's number outlive every rename and no drop.

    The connection has to see all rows: that of `postgres`, who reads everything and passes row level security by.
    """
    connection.execute("SELECT set_config('search_path', '', false)")
    tables = connection.execute(_TABLES).fetchall()
    with connection.pipeline():
        cursors = [
            connection.execute(f"SELECT count(*), {', '.join([*counts, *sums])} FROM ONLY {name}".encode())
            for _, name, _, counts, sums, _ in tables
        ]
    found = {}
    for (oid, name, numbers, _, _, types), cursor in zip(tables, cursors, strict=True):
        ((rows, *values),) = cursor.fetchall()
        if rows:
            held, sums = values[: len(numbers)], values[len(numbers) :]
            by_number = (dict(zip(numbers, part, strict=True)) for part in (held, types, sums))
            found[oid] = RowCount(name, rows, *by_number)
    return found


def find_losses(
    before: Mapping[int, RowCount],
    after: Mapping[int, RowCount],
    allowed: frozenset[str] = frozenset(),
    updated: frozenset[str] = frozenset(),
) -> list[str]:
    """Tables that lost rows, and columns that lost values or hold others under the same type, though they are still there;
    and tables that are gone, unless their loss was allowed. The migration writes to the rows of `updated` tables."""
    found = []
    for oid, held in before.items():
        now = after.get(oid)
        if held.table in allowed:
            continue
        if now is None or now.rows < held.rows:
            found.append(f"{held.table}: {wording.count(held.rows, 'row')} before, {now.rows if now else 0} after")
            continue
        missing = [number for number, values in held.values.items() if now.values.get(number, values) < values]
        found += [f"{now.table}: column {number} lost values" for number in missing]
        if now.table not in updated:
            found += [f"{now.table}: column {number} holds other values" for number in _changed_columns(held, now)]
    return found


def _changed_columns(before: RowCount, after: RowCount) -> list[int]:
    """The columns of one type whose values, no more and no fewer, are others."""
    same = [number for number, kind in before.types.items() if after.types.get(number) == kind]
    whole = [number for number in same if before.values[number] == after.values[number]]
    pairs = [(number, before.sums[number], after.sums[number]) for number in whole]
    return [number for number, was, now in pairs if was is not None and now is not None and was != now]
