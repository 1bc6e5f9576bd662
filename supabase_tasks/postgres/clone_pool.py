"""A pool of clones: copies of a template made ahead, so that the next command finds a database instead of copying one.

A copy is some hundred new files: 20 ms on one file system, a second on another (ext4 without a journal passes over
inodes that were freed in the last minutes, fs/ext4/ialloc.c, `recently_deleted`).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres.cloning import strategy

if TYPE_CHECKING:
    import psycopg

PREFIX = "spare_"
_PLATFORM = "platform_"
_POLL_SECONDS = 0.005
# Copies of larger ones are thousands of files, in whose way the next command comes: at 300 tables (some 40 MB) one took 4.5 s
# with them and a helper, and 3.7 s with neither.
_LARGEST_BYTES = 24 * 2**20
# Longer than any copy takes; after that, a second copy is made.
_PATIENCE_SECONDS = 20.0


def name_of(template: str) -> str:
    """The name of a template's pooled clone."""
    return PREFIX + template.removeprefix(_PLATFORM)


def acquire(connection: psycopg.Connection[Any], template: str, name: str) -> bool:
    """Make the template's pooled clone the database `name`; False when it has none. `connection` is the superuser's."""
    import psycopg

    spare = name_of(template)
    end = time.monotonic() + _PATIENCE_SECONDS
    last = False
    while True:
        try:
            connection.execute(f'ALTER DATABASE "{spare}" RENAME TO "{name}"'.encode())
        except psycopg.errors.InvalidCatalogName:
            if last:
                return False
            # One that is not being made any more may have been finished since it was asked for.
            last = not _is_coming(connection, spare) or time.monotonic() > end
            if not last:
                time.sleep(_POLL_SECONDS)
        except psycopg.errors.ObjectInUse:
            return False
        else:
            return True


def _is_coming(connection: psycopg.Connection[Any], spare: str) -> bool:
    found = connection.execute(
        "SELECT FROM pg_catalog.pg_stat_activity WHERE state = 'active' AND starts_with(query, %s)",
        (_creation(spare),),
    )
    return found.fetchone() is not None


def _creation(spare: str) -> str:
    return f'CREATE DATABASE "{spare}" '


def release(connection: psycopg.Connection[Any], template: str, name: str) -> None:
    """Let the database `name`, an unaltered copy of the template, be its pooled clone, unless it has one."""
    import psycopg

    try:
        connection.execute(f'ALTER DATABASE "{name}" RENAME TO "{name_of(template)}"'.encode())
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.ObjectInUse):
        return


def refill(connection: psycopg.Connection[Any], template: str) -> None:
    """Copy the template into the pool, unless it has one or is a large one. `connection` is the superuser's, in autocommit."""
    import psycopg

    try:
        if _size(connection, template) <= _LARGEST_BYTES:
            connection.execute(creation(connection, template).encode())
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.ObjectInUse, psycopg.errors.InvalidCatalogName):
        return


def _size(connection: psycopg.Connection[Any], template: str) -> int:
    row = connection.execute("SELECT pg_catalog.pg_database_size(%s::pg_catalog.name)", (template,)).fetchone()
    return int(row[0]) if row else 0


def creation(connection: psycopg.Connection[Any], template: str) -> str:
    """The statement by which the template is copied into the pool."""
    how = strategy(connection)
    return f'{_creation(name_of(template))}TEMPLATE "{template}" OWNER postgres STRATEGY {how}'
