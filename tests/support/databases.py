"""What a cluster holds, for tests that ask what is left in it."""

from __future__ import annotations

import re
from typing import Any

import psycopg

from supabase_tasks import postgres


def superuser(server: postgres.Server, database: str = "postgres") -> psycopg.Connection[Any]:
    """A superuser's connection to any database, which the package itself never opens: for tests that play the platform."""
    return psycopg.connect(
        host=str(server.socket), port=server.port, dbname=database, user="supabase_admin", autocommit=True
    )


def oids(server: postgres.Server) -> dict[str, int]:
    """The cluster's databases with their OIDs: a renamed one keeps its own, a copy has a new one."""
    with server.admin() as connection:
        rows = connection.execute("select datname, oid from pg_database").fetchall()
    return {str(name): int(oid) for name, oid in rows}


def schema(server: postgres.Server, database: str) -> str:
    """What pg_dump says of a database, without the key that it makes up anew every time."""
    return re.sub(r"^\\(un)?restrict \w+$", "", server.dump_schema(database), flags=re.MULTILINE)
