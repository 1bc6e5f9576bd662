"""One change at a time: a lock in the target's database, and a look for a Supabase CLI that is still at work there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import GuardError

if TYPE_CHECKING:
    import psycopg

# Any two numbers that no other program uses: "supabase" and "migrations" as int4 hashes.
KEY = (1_937_076_322, 1_835_625_319)
# The application name of the CLI's sessions (2.122.1 and 3.1.0). The pooler puts "Supavisor - " in front of it.
_CLI_APPLICATION = "@effect/sql-pg"
_END_MILLISECONDS = 20_000


@contextmanager
def hold(connection: psycopg.Connection[Any], target: str) -> Iterator[None]:
    """Holds the target's lock for as long as `connection` lives, at most until the context ends.

    It is a session-level advisory lock: it blocks no statement of the CLI. Raises `GuardError` when another push,
    reset or repair holds it, or when a CLI that outlived its task is still applying a migration.
    """
    _take(connection, target)
    try:
        _reject_busy(connection, target)
        yield
    finally:
        _release(connection)


def _take(connection: psycopg.Connection[Any], target: str) -> None:
    row = connection.execute("select pg_try_advisory_lock(%s, %s)", KEY).fetchone()
    if row and row[0]:
        return
    holder = connection.execute(
        "select a.usename, coalesce(a.client_addr::text, 'local'), to_char(a.backend_start, 'HH24:MI:SS TZ')"
        " from pg_locks l join pg_stat_activity a using (pid)"
        " where l.locktype = 'advisory' and l.classid = %s and l.objid = %s and l.granted",
        KEY,
    ).fetchone()
    raise GuardError(
        f"another change of {target} is running",
        cause="it is held by {} from {}, connected since {}".format(*holder) if holder else "its session just ended",
        next_step="wait for it to end, then run the same command again",
        code="busy",
        data={"target": target},
    )


def cli_at_work(connection: psycopg.Connection[Any]) -> str | None:
    """What a Supabase CLI is executing in this database at the moment (server process and query), or None."""
    row = connection.execute(
        "select pid, coalesce(left(query, 60), '') from pg_stat_activity"
        " where right(application_name, length(%s)) = %s and datname = current_database() and state <> 'idle'",
        (_CLI_APPLICATION, _CLI_APPLICATION),
    ).fetchone()
    return f"server process {row[0]}: {row[1]}" if row else None


def end_cli_work(connection: psycopg.Connection[Any]) -> None:
    """Ends what a Supabase CLI that is gone has left the server to do in this database, and waits for the end of it: the server
    finishes a statement whose client has died. `connection` is of the role that the CLI logged in as."""
    connection.execute(
        "select pg_terminate_backend(pid, %s) from pg_stat_activity where right(application_name, length(%s)) = %s"
        " and datname = current_database() and pid <> pg_backend_pid()",
        (_END_MILLISECONDS, _CLI_APPLICATION, _CLI_APPLICATION),
    )


def _reject_busy(connection: psycopg.Connection[Any], target: str) -> None:
    working = cli_at_work(connection)
    if working is None:
        return
    raise GuardError(
        f"another Supabase CLI process is still changing {target}",
        cause=working,
        next_step="wait for it to end, then run the same command again",
        code="busy",
        data={"target": target},
    )


def _release(connection: psycopg.Connection[Any]) -> None:
    # A broken connection has already released it.
    if not connection.closed and not connection.broken:
        import psycopg

        try:
            connection.execute("select pg_advisory_unlock(%s, %s)", KEY)
        except psycopg.OperationalError:
            return
