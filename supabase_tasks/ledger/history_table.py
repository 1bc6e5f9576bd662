"""The table in which a database says which migrations ran there; the Supabase CLI makes it at its first push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.ledger.history_writes import SCHEMA, TABLE

if TYPE_CHECKING:
    import psycopg

HISTORY_TABLE = f"{SCHEMA}.{TABLE}"


def exists(connection: psycopg.Connection[Any]) -> bool:
    """Whether the database has it. Every name is qualified: the search path is the database's own."""
    row = connection.execute(f"SELECT pg_catalog.to_regclass('{HISTORY_TABLE}') IS NOT NULL").fetchone()
    return row is not None and bool(row[0])
