"""Which database is really connected, as the database itself says: before the first statement of a change.

Two connections are to one database when a lock taken through the one is seen through the other: advisory locks belong to
a running server and a database (PostgreSQL documentation, "Advisory Locks"). `system_identifier` alone would not do: a
project that was restored or branched from a physical backup of another one has the same.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from typing import TYPE_CHECKING, Any

from supabase_tasks.environment import Environment
from supabase_tasks.errors import DatabaseError, GuardError
from supabase_tasks.guard import session, targets
from supabase_tasks.guard.link import Link
from supabase_tasks.guard.targets import Target
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

# For asking another target: it is a look, and its name has told it apart already or the change is refused.
_PATIENCE_SECONDS = 5
_LOCKED = """\
select exists (
  select from pg_catalog.pg_locks
   where locktype = 'advisory' and classid = %s::bigint::oid and objid = %s::bigint::oid and objsubid = 2 and granted
     and database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
)
"""


def same_database(one: psycopg.Connection[Any], other: psycopg.Connection[Any]) -> bool:
    """Whether both connections, in autocommit, are to one database of one running server."""
    key = (secrets.randbelow(2**31), secrets.randbelow(2**31))
    one.execute("select pg_catalog.pg_advisory_lock(%s::int, %s::int)", key)
    try:
        row = other.execute(_LOCKED, key).fetchone()
        return bool(row and row[0])
    finally:
        one.execute("select pg_catalog.pg_advisory_unlock(%s::int, %s::int)", key)


def require_named(target: Target, connection: psycopg.Connection[Any], known: Link | None) -> None:
    """Returns when `connection` is known to be the project that the target's ref names: by its host or login, else
    because the project's own address, its host or the pooler of `known`, leads to the same database.

    Raises `GuardError` otherwise.
    """
    if target.named:
        return
    own = Target(target.settings, target.ref, target.profile, None, target.password)
    try:
        proof, address = session.connect(own, known, patience=_PATIENCE_SECONDS)
    except DatabaseError as error:
        raise _unnamed_project(
            target, f"and {own.address.host}, which would show it, cannot be asked: {error.message}"
        ) from error
    with closing(proof):
        if not same_database(connection, proof):
            raise _unnamed_project(target, f"and it is not the database at {address.host}")


def require_alone(
    settings: Settings, environment: Environment, target: Target, connection: psycopg.Connection[Any]
) -> None:
    """Returns when no other target of the settings leads to the database of `connection`.

    One that cannot be asked is told apart by its name, where the names say that they are two projects. Raises
    `GuardError` for a shared database, and for a target that neither name nor database tells apart.
    """
    for other in targets.others(settings, environment, target.name):
        try:
            if not other.password:
                raise DatabaseError(f"{other.settings.password_variable} is not set")
            there, _ = session.connect(other, None, patience=_PATIENCE_SECONDS)
            _require_primary(other, there)
        except DatabaseError as error:
            if target.named and other.named:
                continue
            raise _unknown(target, other, error) from error
        with closing(there):
            if same_database(connection, there):
                raise _shared_database(target, other)


def _require_primary(other: Target, there: psycopg.Connection[Any]) -> None:
    """A read replica knows none of its primary's locks, so its silence tells nothing. Raises `DatabaseError`."""
    row = there.execute("select pg_catalog.pg_is_in_recovery()").fetchone()
    if row and row[0]:
        there.close()
        raise DatabaseError(f"{other.address.host} is a read replica")


def _unnamed_project(target: Target, cause: str) -> GuardError:
    variable = target.settings.url_variable
    return GuardError(
        f"{variable} does not say that it leads to {target.ref}",
        cause=f"neither its host nor its login names a project, {cause}",
        next_step=f"set {variable} to the session pooler's URL, whose login is postgres.{target.ref}"
        " (dashboard: Connect → Session pooler)",
        code="unnamed-project",
    )


def _shared_database(target: Target, other: Target) -> GuardError:
    return GuardError(
        f"{target.name} and {other.name} are one database",
        cause=f"{target.address.host} and {other.address.host} lead to the same: a change meant for {target.name}"
        f" would hit {other.name}",
        next_step=f"correct {_variables(target)} or {_variables(other)}",
        code="same-database",
    )


def _unknown(target: Target, other: Target, error: DatabaseError) -> GuardError:
    unnamed = other if target.named else target
    return GuardError(
        f"whether {target.name} and {other.name} are two databases cannot be told",
        cause=f"{unnamed.settings.url_variable} names no project, and {other.name} cannot be asked: {error.message}",
        next_step=f"set {unnamed.settings.url_variable} to the session pooler's URL, whose login names the project",
        code="unknown-database",
    )


def _variables(target: Target) -> str:
    return target.settings.url_variable if target.given else target.settings.ref_variable
