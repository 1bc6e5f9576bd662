"""`supabase/roles.sql`: what the CLI runs before the first migration on `start` and `db reset` of its stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import MigrationError
from supabase_tasks.postgres import replay
from supabase_tasks.postgres.server import Server
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

NAME = "roles.sql"


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
    """Run the file in one transaction, as `postgres`. Raises `MigrationError`; then nothing of it remains."""
    found = text(settings)
    if found:
        replay.apply_unrecorded(connection, found, NAME)


def make_roles(server: Server, settings: Settings) -> None:
    """Run the file in the local database of `server`, which is new. Raises as `apply` does."""
    if text(settings):
        with server.migrator() as connection:
            apply(connection, settings)
