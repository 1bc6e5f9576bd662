"""`supabase/roles.sql`: what the CLI runs before the first migration on `start` and `db reset` of its stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger import delivery
from supabase_tasks.postgres import replay
from supabase_tasks.postgres.server import Server
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

NAME = "roles.sql"
_CREATES = re.compile(r"create\s+(?:role|user|group)\b", re.IGNORECASE)


def text(settings: Settings) -> str:
    """What the file holds; nothing where there is none. Raises `MigrationError` when it cannot be read."""
    path = settings.supabase / NAME
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise MigrationError(f"{path} cannot be read", cause=str(error)) from error


def apply(connection: psycopg.Connection[Any], settings: Settings) -> None:
    """Run the file in one transaction, as `postgres`. Roles belong to the cluster and outlive a database: one that exists is
    no failure. Raises `MigrationError`; then nothing of it remains."""
    found = text(settings)
    if found:
        replay.apply_unrecorded(connection, found, NAME, left_out=lambda one: _is_there(connection, one))


def _is_there(connection: psycopg.Connection[Any], statement: str) -> bool:
    """Whether a statement only creates a role that exists."""
    import postgast

    if not _CREATES.match(delivery.without_lead(statement, "3")):
        return False
    try:
        found = postgast.parse(statement).stmts
    except postgast.PgQueryError:
        return False
    if len(found) != 1 or found[0].stmt.WhichOneof("node") != "create_role_stmt":
        return False
    name = found[0].stmt.create_role_stmt.role
    return connection.execute("SELECT FROM pg_catalog.pg_roles WHERE rolname = %s", (name,)).fetchone() is not None


def make_roles(server: Server, settings: Settings) -> None:
    """Run the file in the local database of `server`. Raises as `apply` does."""
    if text(settings):
        with server.migrator() as connection:
            apply(connection, settings)
