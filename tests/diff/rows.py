"""Rows counted by table and column, so that what a migration loses is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg

_COLUMNS = """
SELECT c.oid::int8, a.attnum::int, format('%I.%I', n.nspname, c.relname), quote_ident(a.attname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'auth', 'storage', 'supabase_migrations')
    AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND a.attnum > 0 AND NOT a.attisdropped
"""


def counts(connection: psycopg.Connection[Any]) -> Mapping[tuple[int, int], int]:
    """How many values that are not NULL each column holds, by the table's OID and the column's number: both outlive
    every rename and no drop."""
    found = {}
    for oid, number, table, column in connection.execute(_COLUMNS).fetchall():
        row = connection.execute(f"SELECT count({column}) FROM {table}".encode()).fetchone()
        assert row is not None
        if row[0]:
            found[(oid, number)] = row[0]
    return found


def kept(before: Mapping[tuple[int, int], int], after: Mapping[tuple[int, int], int]) -> bool:
    """Whether every column that still exists holds as many values as before, and no table was lost altogether."""
    columns_kept = all(after[key] >= count for key, count in before.items() if key in after)
    return columns_kept and {oid for oid, _ in before} <= {oid for oid, _ in after}
