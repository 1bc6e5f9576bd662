"""A copy of any database's schema on an embedded server: what a comparison may alter without anybody noticing.

What the other side says is a guest here (docs/security.md): its dump never meets psql, which obeys commands in it
(CVE-2025-8714), and is run statement by statement by a role without superuser (`restoring`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from supabase_tasks import process
from supabase_tasks.cli import failures
from supabase_tasks.errors import DatabaseError
from supabase_tasks.locking import hold_lock
from supabase_tasks.postgres import beyond_dump, foreign_roles, plain, platform, restoring
from supabase_tasks.postgres.beyond_dump import Beyond
from supabase_tasks.postgres.cloning import copy_database, scratch_name
from supabase_tasks.postgres.foreign_roles import BorrowedObjects, ForeignRoles
from supabase_tasks.postgres.roles import RESTORER
from supabase_tasks.postgres.server import Server
from supabase_tasks.redaction import redact, split_password


@contextmanager
def copy_schema(
    server: Server,
    url: str,
    *,
    env: Mapping[str, str | None] | None = None,
    ground: str | None = None,
    owners: bool = True,
) -> Iterator[str]:
    """The name of a database on `server` with the schema (no rows) of the one behind `url`; dropped afterwards.

    A plain PostgreSQL, which has not the platform's schemas (`plain.is_plain`), is laid on a clone of `ground` where that is
    given: what is compared with a Supabase database is then the project's objects.

    A password in `url` is taken out of it and travels in the environment; `env` is laid over that. The roles of the source
    are there with their attributes and memberships as long as the copy is. What belongs there to a superuser, to the
    database's owner or to the role that connects belongs to `postgres` in the copy, and so does, without `owners`, what
    belongs to any role that the platform does not have. Raises `DatabaseError` when the source cannot be read (also when
    it is newer than the embedded server's `pg_dump`) or the copy cannot be made.
    """
    bare, secret = split_password(url)
    surroundings = {"PGPASSWORD": secret, **(env or {})} if secret else dict(env or {})
    with TemporaryDirectory(prefix="supabase-tasks-") as folder:
        dump = Path(folder) / "schema.sql"
        laid = plain.on_template(ground) if ground else None
        _dump(server, bare, surroundings, dump, laid.dump_options if laid else ())
        roles, beyond = _read(bare, surroundings)
        name, borrowed = scratch_name(), BorrowedObjects()
        try:
            _make(server, name, roles, borrowed, laid.template if laid else None)
            text = dump.read_text(encoding="utf-8", errors="replace")
            foreign_owners = set(roles.rulers if owners else roles.attributes)
            restoring.restore(server, name, text, foreign_owners=foreign_owners, beyond=beyond, ground=laid)
            yield name
        finally:
            try:
                server.drop(name)
            finally:
                with server.admin() as connection:
                    foreign_roles.take_back(connection, borrowed)


# By the code of `cli.failures`, which knows what libpq says.
_REASONS = {
    "connection-refused": "no database answers",
    "host-unknown": "there is no such host",
    "password": "the database refused the password",
    "timeout": "no answer in time",
}


def _dump(server: Server, url: str, env: Mapping[str, str | None], target: Path, options: Sequence[str] = ()) -> None:
    command = [
        str(server.bin / "pg_dump"),
        "--schema-only",
        "--no-security-labels",
        # One that is made connects to its publisher.
        "--no-subscriptions",
        "--no-tablespaces",
        *options,
        f"--file={target}",
        f"--dbname={url}",
    ]
    try:
        process.run(command, env={"PGCLIENTENCODING": "UTF8", **env})
    except process.ProcessError as error:
        raise _unreadable(redact(url), error.cause or "") from error


def _unreadable(url: str, said: str) -> DatabaseError:
    """The failure for what pg_dump said: the reason first, where it is one that people know."""
    known = failures.recognise(said)
    reason, step = known and _REASONS.get(known.code), "check the URL, and that the server runs"
    if known and known.code == "password":
        step = "correct the user or the password in the URL"
    elif not reason:
        step = "check the URL, and that the server is not newer than major_version in supabase/config.toml"
    message = f"{reason}: {url}" if reason else f"the schema of {url} cannot be read"
    return DatabaseError(message, cause=said, next_step=step, code="source-unreadable")


def _read(url: str, env: Mapping[str, str | None]) -> tuple[ForeignRoles, Beyond]:
    """What pg_dump does not say of a database."""
    import psycopg

    with psycopg.connect(url, password=env.get("PGPASSWORD"), connect_timeout=10) as connection:
        connection.execute("SELECT pg_catalog.set_config('search_path', '', false)")
        beyond = beyond_dump.read(connection)
        return foreign_roles.read(connection), beyond


def _make(server: Server, name: str, roles: ForeignRoles, borrowed: BorrowedObjects, ground: str | None) -> None:
    """Make the database, empty or a clone of `ground`, its restorer and the roles that are missing, which go to
    `borrowed`."""
    import psycopg

    template = ground or platform.empty_template(server)
    # `tidying` drops hidden roles that own nothing; it holds this lock.
    with hold_lock(server.folder / "templates.lock"), server.admin() as connection:
        restoring.prepare(connection)
        copy_database(connection, template, name, owner=RESTORER)
        if server.major >= 17:
            connection.execute(f'ALTER DATABASE "{name}" SET event_triggers = off')
        try:
            foreign_roles.lend(connection, name, roles, borrowed)
        except psycopg.Error as error:
            raise restoring.failure(f"its roles: {str(error).strip()}") from error
