"""The local database set aside while another one takes its place, so that nothing is lost before the new one is made.

Dropping it first would leave an empty database when the Supabase CLI refuses to start, or when the person changes their mind.
Roles belong to the cluster: those that migrations made are renamed out of the way (`roles`) and back.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import DatabaseError
from supabase_tasks.locking import hold_lock
from supabase_tasks.postgres import platform, roles, tidying
from supabase_tasks.postgres.cloning import scratch_name
from supabase_tasks.postgres.server import Server
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

_PATIENCE_SECONDS = 10.0
_POLL_SECONDS = 0.02
_END_SESSIONS = (
    "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
    " WHERE datname = 'postgres' AND pid <> pg_catalog.pg_backend_pid()"
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Where the former `postgres` is, and the roles that belong to it, by oid."""

    server: Server
    database: str
    roles: dict[int, str]


def set_aside(server: Server, settings: Settings) -> SetAside:
    """Put a fresh Supabase database in the place of `postgres`, whose sessions are ended, and keep the former one.

    `put_back` or `forget` is to follow; a process that is killed before leaves it to `tidying`. Raises `DatabaseError` when
    somebody keeps connecting.
    """
    template = platform.platform_template(server, settings)
    with hold_lock(server.folder / "templates.lock"), server.admin() as connection:
        former = SetAside(server, scratch_name(), roles.foreign(connection))
        if platform.exists(connection, "postgres"):
            _move(connection, "postgres", former.database)
        roles.show_only(connection, {})
        platform.take_place(server, settings, connection, template)
    server.begin_clone_ahead(template)
    return former


def put_back(former: SetAside) -> None:
    """The former database is `postgres` again, as it was; what took its place is dropped."""
    with hold_lock(former.server.folder / "templates.lock"), former.server.admin() as connection:
        connection.execute("DROP DATABASE IF EXISTS postgres WITH (FORCE)")
        _move(connection, former.database, "postgres")
        roles.show_only(connection, former.roles)
        tidying.drop_hidden_roles(connection)


def forget(former: SetAside) -> None:
    """The former database is dropped, and its roles with it."""
    if not former.roles:
        former.server.discard(former.database)
        return
    former.server.drop(former.database)
    with hold_lock(former.server.folder / "templates.lock"), former.server.admin() as connection:
        tidying.drop_hidden_roles(connection)


def _move(connection: psycopg.Connection[Any], name: str, to: str) -> None:
    import psycopg

    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        connection.execute(_END_SESSIONS)
        try:
            connection.execute(f'ALTER DATABASE "{name}" RENAME TO "{to}"'.encode())
        except psycopg.errors.ObjectInUse as error:
            if time.monotonic() > end:
                raise DatabaseError(
                    "the sessions of the local database cannot be ended: nothing was changed",
                    cause=str(error).strip(),
                    next_step="stop what keeps connecting to it, then run the same command again",
                ) from error
            time.sleep(_POLL_SECONDS)
        else:
            return
