"""A copy of any database's schema on an embedded server: what a comparison may alter without anybody noticing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from supabase_tasks import process
from supabase_tasks.errors import DatabaseError
from supabase_tasks.postgres.server import ADMIN, Server, clone, scratch_name
from supabase_tasks.redaction import redact, split_password

if TYPE_CHECKING:
    import psycopg

_EMPTY = "template0"


@contextmanager
def copied(server: Server, url: str, *, env: Mapping[str, str | None] | None = None) -> Iterator[str]:
    """The name of a database on `server` with the schema (no rows) of the one behind `url`; dropped afterwards.

    A password in `url` is taken out of it and travels in the environment; `env` is laid over that. Objects of roles
    that the platform does not have belong to `postgres` in the copy. Raises `DatabaseError` when the source cannot be
    read (also when it is newer than the embedded server's `pg_dump`) or the copy cannot be made.
    """
    bare, secret = split_password(url)
    surroundings = {"PGPASSWORD": secret, **(env or {})} if secret else dict(env or {})
    with TemporaryDirectory(prefix="supabase-tasks-") as folder:
        dump = Path(folder) / "schema.sql"
        _dump(server, bare, surroundings, dump)
        name = scratch_name()
        made: list[str] = []
        try:
            with server.admin() as connection:
                clone(connection, _EMPTY, name)
                made = _make_roles(connection, _role_names(bare, surroundings))
            _restore(server, name, dump)
            _hand_over(server, name, made)
            yield name
        finally:
            server.drop(name)
            _drop_roles(server, made)


def _dump(server: Server, url: str, env: Mapping[str, str | None], target: Path) -> None:
    command = [
        str(server.bin / "pg_dump"),
        "--schema-only",
        "--no-security-labels",
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
        rows = connection.execute("SELECT rolname FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' ORDER BY 1")
        return [str(row[0]) for row in rows]


def _make_roles(connection: psycopg.Connection[Any], names: list[str]) -> list[str]:
    from psycopg import sql

    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_catalog.pg_roles")}
    made = [name for name in names if name not in there]
    for name in made:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
    return made


def _drop_roles(server: Server, names: list[str]) -> None:
    import psycopg
    from psycopg import sql

    with server.admin() as connection:
        for name in names:
            # Another comparison may be using it at this moment; that one drops it.
            with suppress(psycopg.errors.DependentObjectsStillExist, psycopg.errors.UndefinedObject):
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def _restore(server: Server, database: str, dump: Path) -> None:
    command = [str(server.bin / "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    try:
        process.run([*command, f"--dbname={server.url(database, ADMIN)}", f"--file={dump}"], env={"PGOPTIONS": None})
    except process.ProcessError as error:
        raise DatabaseError(
            "the schema cannot be copied to the embedded server",
            cause=error.cause,
            next_step="see docs/embedded-database.md for the extensions it has",
            code="copy-failed",
        ) from error


def _hand_over(server: Server, database: str, made: list[str]) -> None:
    """Plain servers name their owners as they like; here everything of the project belongs to `postgres`."""
    from psycopg import sql

    with server.admin(database) as connection:
        for name in made:
            connection.execute(sql.SQL("REASSIGN OWNED BY {} TO postgres").format(sql.Identifier(name)))
