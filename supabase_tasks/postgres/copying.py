"""A copy of any database's schema on an embedded server: what a comparison may alter without anybody noticing.

What the other side says is a guest here (docs/security.md): its dump never meets psql, which obeys commands in it
(CVE-2025-8714), and is run statement by statement by a role without superuser (`restoring`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from supabase_tasks import process
from supabase_tasks.errors import DatabaseError
from supabase_tasks.locking import locked
from supabase_tasks.postgres import plain, platform, restoring
from supabase_tasks.postgres.roles import RESTORER
from supabase_tasks.postgres.server import Server, clone, scratch_name
from supabase_tasks.redaction import redact, split_password

if TYPE_CHECKING:
    import psycopg


@contextmanager
def copied(
    server: Server, url: str, *, env: Mapping[str, str | None] | None = None, ground: str | None = None
) -> Iterator[str]:
    """The name of a database on `server` with the schema (no rows) of the one behind `url`; dropped afterwards.

    A plain PostgreSQL, which has not the platform's schemas, is laid on a clone of `ground` where that is given: what is
    compared with a Supabase database is then the project's objects.

    A password in `url` is taken out of it and travels in the environment; `env` is laid over that. Objects of roles
    that the platform does not have, and of superusers, belong to `postgres` in the copy. Raises `DatabaseError` when the
    source cannot be read (also when it is newer than the embedded server's `pg_dump`) or the copy cannot be made.
    """
    bare, secret = split_password(url)
    surroundings = {"PGPASSWORD": secret, **(env or {})} if secret else dict(env or {})
    with TemporaryDirectory(prefix="supabase-tasks-") as folder:
        dump = Path(folder) / "schema.sql"
        laid = plain.grounded(ground) if ground and plain.is_plain(bare, surroundings) else None
        _dump(server, bare, surroundings, dump, laid.dump_options if laid else ())
        name = scratch_name()
        made: list[str] = []
        try:
            _make(server, name, _role_names(bare, surroundings), made, laid.template if laid else None)
            text = dump.read_text(encoding="utf-8", errors="replace")
            restoring.restore(server, name, text, strangers=set(made), ground=laid)
            yield name
        finally:
            server.drop(name)
            _drop_roles(server, made)


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
        raise DatabaseError(
            f"the schema of {redact(url)} cannot be read",
            cause=error.cause,
            next_step="check the URL, and that the server is not newer than major_version in supabase/config.toml",
            code="source-unreadable",
        ) from error


def _role_names(url: str, env: Mapping[str, str | None]) -> list[str]:
    import psycopg

    with psycopg.connect(url, password=env.get("PGPASSWORD"), connect_timeout=10) as connection:
        rows = connection.execute("SELECT rolname FROM pg_catalog.pg_roles WHERE rolname !~ '^(pg_|~)' ORDER BY 1")
        return [str(row[0]) for row in rows]


def _make(server: Server, name: str, role_names: list[str], made: list[str], ground: str | None) -> None:
    """Make the database, empty or a clone of `ground`, its restorer and the roles that are missing, which go to `made`."""
    template = ground or platform.empty_template(server)
    # `tidying` drops hidden roles that own nothing; it holds this lock.
    with locked(server.folder / "templates.lock"), server.admin() as connection:
        restoring.prepare(connection)
        clone(connection, template, name, owner=RESTORER)
        if server.major >= 17:
            connection.execute(f'ALTER DATABASE "{name}" SET event_triggers = off')
        _make_roles(connection, role_names, made)


def _make_roles(connection: psycopg.Connection[Any], names: list[str], made: list[str]) -> None:
    from psycopg import sql

    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_catalog.pg_roles")}
    for name in names:
        if name not in there:
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
            made.append(name)


def _drop_roles(server: Server, names: list[str]) -> None:
    import psycopg
    from psycopg import sql

    with server.admin() as connection:
        for name in names:
            # Another comparison may be using it at this moment; that one drops it.
            with suppress(psycopg.errors.DependentObjectsStillExist, psycopg.errors.UndefinedObject):
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
