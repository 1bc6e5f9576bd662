"""A statement that a plan tries out, with the rights that it will have when hosted Supabase runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres import elevation, signing

if TYPE_CHECKING:
    import psycopg


def run(connection: psycopg.Connection[Any], statement: str) -> None:
    """Run one statement on `connection`, lifted where it has to be and the connection may. Raises psycopg's errors."""
    key = signing.key_for(connection)
    lift = elevation.find_lift(statement) if key is not None else None
    sql = elevation.call(lift, key) if lift is not None and key is not None else statement
    connection.execute(sql.encode())
