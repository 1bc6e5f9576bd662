"""A running cluster: connecting to it, cloning databases, dumping a schema."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, TextIO
from urllib.parse import quote

from supabase_tasks import process
from supabase_tasks.errors import DatabaseError
from supabase_tasks.postgres import access
from supabase_tasks.postgres.ports import HOST

if TYPE_CHECKING:
    import psycopg

ADMIN = "supabase_admin"
_APPLICATION = "supabase-tasks"
# The search path that `ALTER ROLE postgres SET` gives it (platform_sql/00_roles.sql), as a startup option.
_POSTGRES_DEFAULTS = r'-c search_path="$user",\ public,\ extensions'


@dataclass(frozen=True, slots=True)
class Server:
    """A running cluster. `socket` is the folder of its Unix socket, `bin` that of its programs, `folder` its state."""

    host: str
    port: int
    version: str
    bin: Path
    socket: Path
    folder: Path
    name: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def password(self) -> str:
        """The password of `postgres` over TCP. Raises `DatabaseError` when its file cannot be read."""
        return access.password(self.folder)

    @property
    def pass_file(self) -> Path:
        """The file that psql and other clients read the password from, by `PGPASSFILE`."""
        return self.folder / access.PASS_FILE

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """A URL without the password that TCP asks for. The superuser exists on the private Unix socket only, never on TCP."""
        if user == ADMIN:
            return f"postgresql://{user}@/{quote(database)}?host={quote(str(self.socket), safe='')}&port={self.port}"
        return f"postgresql://{quote(user)}@{HOST}:{self.port}/{quote(database)}?sslmode=disable"

    def connect(
        self, database: str = "postgres", *, user: str = "postgres", autocommit: bool = True, options: str = ""
    ) -> psycopg.Connection[Any]:
        """A new connection over the Unix socket. Raises `DatabaseError` when the server does not take it."""
        import psycopg

        # Explicit values keep PGOPTIONS and PGCLIENTENCODING of the user's shell out.
        try:
            return psycopg.connect(
                host=str(self.socket),
                port=self.port,
                dbname=database,
                user=user,
                autocommit=autocommit,
                options=options,
                client_encoding="utf8",
                application_name=_APPLICATION,
                connect_timeout=10,
            )
        except psycopg.OperationalError as error:
            raise DatabaseError(
                f"the embedded database does not take a connection to {database!r}",
                cause=str(error).strip(),
                next_step="inv supabase-restart",
            ) from error

    def migrator(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A new connection that is `postgres` as migrations see it, yet may lift the statements that hosted Supabase
        lifts.

        It is the superuser's connection with its session authorization and its defaults (`RESET ALL` returns to the
        startup options) set to those of `postgres`; `replay.apply_file` lifts on such a connection only.
        """
        connection = self.connect(database, user=ADMIN, options=_POSTGRES_DEFAULTS)
        connection.execute("SET SESSION AUTHORIZATION postgres")
        return connection

    def admin(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A new connection as `supabase_admin`, the superuser."""
        return self.connect(database, user=ADMIN)

    @contextmanager
    def scratch(self, template: str) -> Iterator[str]:
        """The name of a new clone of the database `template`; it is dropped afterwards.

        Nobody may be connected to `template` while it is cloned: PostgreSQL waits five seconds, then refuses.
        """
        name = scratch_name()
        with self.admin() as connection:
            clone(connection, template, name)
        try:
            yield name
        finally:
            self.drop(name)

    def discard(self, *databases: str) -> None:
        """Drop scratch databases without waiting for the end of it.

        The server finishes a statement whose client has gone (`client_connection_check_interval` is 0); one that is
        stopped meanwhile leaves a database that `tidying` removes.
        """
        for database in databases:
            self.begin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def begin(self, statement: str) -> None:
        """Have the server run a statement as the superuser, without waiting for the end of it."""
        with closing(self.admin("template1")) as connection:
            connection.pgconn.send_query(statement.encode())
            connection.pgconn.flush()

    def drop(self, database: str) -> None:
        """Drop a database, ending its connections; one that does not exist is fine."""
        from psycopg import sql

        with self.admin() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def dump_schema(self, database: str) -> str:
        """`pg_dump --schema-only` of a database, as it comes. Raises `ProcessError` when pg_dump fails."""
        with self.dumped(database) as file:
            return file.read()

    @contextmanager
    def dumped(self, database: str) -> Iterator[TextIO]:
        """`dump_schema` as a file that is gone afterwards, lines ended by a line feed."""
        # Not through `sh`: it hands output on line by line, which takes as long again as a large dump itself.
        with TemporaryDirectory(prefix="supabase-tasks-") as folder:
            path = Path(folder) / "schema.sql"
            command = [str(self.bin / "pg_dump"), "--schema-only", f"--dbname={self.url(database, ADMIN)}"]
            process.run([*command, f"--file={path}"], env={"PGOPTIONS": None, "PGCLIENTENCODING": "UTF8"})
            with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
                yield file


@contextmanager
def as_superuser(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """A migrator's connection as the superuser that it belongs to, for the time of the block."""
    connection.execute("RESET SESSION AUTHORIZATION")
    try:
        yield
    finally:
        connection.execute("SET SESSION AUTHORIZATION postgres")


def scratch_name() -> str:
    """A name for a database of this process; `tidying` drops it when the process is gone."""
    return f"scratch_{os.getpid()}_{os.urandom(4).hex()}"


def strategy(connection: psycopg.Connection[Any]) -> Literal["WAL_LOG", "FILE_COPY"]:
    """How this server copies a database best.

    File copy beats WAL_LOG where nothing is synced to disk: 20 ms against 60 ms at 30 tables. Where it is synced, the two
    checkpoints of a file copy (and of dropping it later) cost more: 0.16 + 0.09 s against 0.08 + 0.03 s.
    """
    return "WAL_LOG" if connection.execute("SHOW fsync").fetchone() == ("on",) else "FILE_COPY"


def clone(connection: psycopg.Connection[Any], template: str, name: str, *, owner: str = "postgres") -> None:
    """Copy the database `template` as `name`, owned by `owner`. `connection` is the superuser's, in autocommit.

    Raises `DatabaseError` when somebody stays connected to the template.
    """
    import psycopg
    from psycopg import sql

    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY {}").format(
        sql.Identifier(name),
        sql.Identifier(template),
        sql.Identifier(owner),
        sql.SQL(strategy(connection)),
    )
    try:
        connection.execute(statement)
    except psycopg.errors.ObjectInUse as error:
        raise DatabaseError(
            f"the database {template!r} cannot be copied while somebody is connected to it",
            cause=str(error).strip(),
            next_step="close other sessions of the embedded database, then run the same command again",
        ) from error
