"""The comments on PostgreSQL's own functions, operators and types: 4,000 rows that a shadow server's databases do without.

`pg_dump` reads and sorts every comment of a database before it looks which it needs; without these a dump takes a fifth less.
On the local database they stay: psql shows them (`\\df+`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres.extension_scripts import SHADOW_NAME

if TYPE_CHECKING:
    import psycopg

# Schemas and extensions keep theirs: pg_dump compares the one on `public`. initdb gives OIDs below 16384 (access/transam.h).
_REMOVAL = """
    DELETE FROM pg_catalog.pg_description WHERE objoid < 16384
        AND classoid NOT IN ('pg_catalog.pg_namespace'::regclass, 'pg_catalog.pg_extension'::regclass)
"""


def remove_on_shadow(connection: psycopg.Connection[Any]) -> None:
    """Remove them from a template that is being built, where its server is a shadow server. `connection` is the superuser's, in
    autocommit."""
    if connection.execute("SHOW cluster_name").fetchone() == (SHADOW_NAME,):
        connection.execute(_REMOVAL.encode())
        # What is left takes one page; every copy of the template would copy the empty ones.
        connection.execute("VACUUM (FULL, ANALYZE) pg_catalog.pg_description")
