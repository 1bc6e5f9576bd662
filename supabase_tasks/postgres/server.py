"""A running cluster: connecting to it, cloning databases, dumping a schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from supabase_tasks import process, standin_numbers
from supabase_tasks.errors import DatabaseError
from supabase_tasks.postgres import access, clone_pool, signing
from supabase_tasks.postgres.cloning import copy_database, scratch_name
from supabase_tasks.postgres.ports import HOST
from supabase_tasks.state_dir import unwritable

if TYPE_CHECKING:
    import psycopg

ADMIN = "supabase_admin"
_APPLICATION = "supabase-tasks"
# The databases that the superuser may enter: `template1`, where databases are made and dropped from, and a template before
# anything but our own SQL has been in it. Everything else may hold what a migration, a model or a foreign schema brought.
_OURS = re.compile(r"template1|building_(?:platform|empty)_[0-9a-f]+")
# Without one of these, a dump holds no number of a stand-in.
_WITH_NUMBERS = (b"EXTENSION IF NOT EXISTS postgis ", b"USING hnsw", b"USING ivfflat")
# No label provider is loaded on our servers; what a copy carries of labels `undumped` reads. Asking for them is a tenth of it.
_DUMPED = ("--schema-only", "--no-security-labels")
# The search path that `ALTER ROLE postgres SET` gives it (platform_sql/00_roles.sql), as a startup option: what an earlier
# migration has set for the role does not count.
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

    def private_url(self, database: str) -> str:
        """A URL over the private Unix socket as `postgres`, for programs that we start."""
        return f"postgresql://postgres@/{quote(database)}?host={quote(str(self.socket), safe='')}&port={self.port}"

    def connect(
        self, database: str = "postgres", *, user: str = "postgres", autocommit: bool = True, options: str = ""
    ) -> psycopg.Connection[Any]:
        """A new connection over the Unix socket. Raises `DatabaseError` when the server does not take it, and when the
        superuser asks for a database that SQL of others may have been in: a migration, models or a copied schema."""
        import psycopg

        if user == ADMIN and not _OURS.fullmatch(database):
            raise DatabaseError(
                f"the superuser does not enter {database!r}",
                cause="code of others that lies there would run with its rights",
                code="superuser-refused",
            )
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
                # DEALLOCATE ALL in a migration would take what psycopg has prepared.
                prepare_threshold=None,
            )
        except psycopg.OperationalError as error:
            raise DatabaseError(
                f"the embedded database does not take a connection to {database!r}",
                cause=str(error).strip(),
                next_step="inv supabase-restart",
            ) from error

    def migrator(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A new connection as `postgres`, on which the statements that hosted Supabase lifts are lifted (by `replay` and
        `desired`, through `elevation`). `RESET ALL` returns to its startup options."""
        connection = self.connect(database, options=_POSTGRES_DEFAULTS)
        signing.entrust(connection, self.key())
        return connection

    def key(self) -> bytes:
        """What statements are signed with on this cluster. Raises `DatabaseError` when it cannot be read."""
        try:
            return signing.key_of(self.folder / "data")
        except OSError as error:
            raise unwritable(self.folder / "data", error) from error

    def admin(self, database: str = "template1") -> psycopg.Connection[Any]:
        """A new connection as `supabase_admin`, the superuser, to a database that holds nothing but our own code."""
        # Nothing of others is in there; were it, it would still not run.
        options = "-c event_triggers=off" if self.major >= 17 else ""
        return self.connect(database, user=ADMIN, options=options)

    @contextmanager
    def scratch(self, template: str) -> Iterator[str]:
        """The name of a new clone of the database `template`; it is dropped afterwards.

        No session may be connected to `template` while it is cloned: PostgreSQL waits five seconds, then refuses.
        """
        name = scratch_name()
        with self.admin() as connection:
            copy_database(connection, template, name)
            _keep_creators(connection, template, name)
        try:
            yield name
        finally:
            self.drop(name)

    def clone(self, template: str) -> str:
        """The name of a new clone of the database `template`, owned by `postgres`; give it to `discard` or `give_back`.

        A copy that was made ahead is used where there is one, also one that is still being made.
        """
        name = scratch_name()
        with self.admin() as connection:
            if not clone_pool.acquire(connection, template, name):
                copy_database(connection, template, name)
        return name

    def give_back(self, template: str, database: str) -> None:
        """Let `database`, an unaltered clone of `template` without a session, be the next one to be had of it."""
        with self.admin() as connection:
            clone_pool.release(connection, template, database)

    def clone_ahead(self, *templates: str) -> None:
        """Have a clone of each template ready, so that `clone` finds one; waits for the copies to be made."""
        with self.admin() as connection:
            for template in templates:
                clone_pool.refill(connection, template)

    def begin_clone_ahead(self, template: str) -> None:
        """`clone_ahead` without waiting for the copy."""
        with self.admin() as connection:
            statement = clone_pool.creation(connection, template)
        self.begin(statement)

    def discard(self, *databases: str) -> None:
        """Drop scratch databases without waiting for the end of it.

        The server finishes a statement whose client has gone (`client_connection_check_interval` is 0); one that is
        stopped meanwhile leaves a database that `tidying` removes.
        """
        for database in databases:
            self.begin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def begin(self, statement: str) -> None:
        """Have the server run a statement as the superuser, without waiting for the end of it."""
        with closing(self.admin()) as connection:
            connection.pgconn.send_query(statement.encode())
            connection.pgconn.flush()

    def drop(self, database: str) -> None:
        """Drop a database, ending its connections; one that does not exist is fine."""
        from psycopg import sql

        with self.admin() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def dump_schema(self, database: str) -> str:
        """`pg_dump --schema-only` of a database, as it comes. Raises `ProcessError` when pg_dump fails."""
        with self.dump_file(database) as file:
            return file.read()

    @contextmanager
    def dump_file(self, database: str) -> Iterator[TextIO]:
        """`dump_schema` as a file that is gone afterwards, lines ended by a line feed."""
        # Not through `sh`: it hands output on line by line, which takes as long again as a large dump itself.
        with TemporaryDirectory(prefix="supabase-tasks-") as folder:
            path = Path(folder) / "schema.sql"
            command = [str(self.bin / "pg_dump"), *_DUMPED, f"--dbname={self.private_url(database)}"]
            process.run([*command, f"--file={path}"], env={"PGOPTIONS": None, "PGCLIENTENCODING": "UTF8"})
            _read_back(path)
            with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
                yield file


def _read_back(path: Path) -> None:
    """Take the numbers that stand-ins keep (`standin_numbers`) out of a dump."""
    dump = path.read_bytes()
    if any(mark in dump for mark in _WITH_NUMBERS):
        path.write_text(standin_numbers.read_back(dump.decode("utf-8", "replace")), encoding="utf-8", newline="\n")


def _keep_creators(connection: psycopg.Connection[Any], template: str, name: str) -> None:
    """PostgreSQL copies a database without its privileges; who may create in it may own publications in it."""
    from psycopg import sql

    rows = connection.execute(
        "SELECT DISTINCT r.rolname FROM pg_catalog.pg_database d, pg_catalog.aclexplode(d.datacl) a"
        " JOIN pg_catalog.pg_roles r ON r.oid = a.grantee"
        " WHERE d.datname = %s AND a.privilege_type = 'CREATE' AND a.grantee <> d.datdba",
        (template,),
    )
    for (role,) in rows.fetchall():
        grant = sql.SQL("GRANT CREATE ON DATABASE {} TO {}")
        connection.execute(grant.format(sql.Identifier(name), sql.Identifier(str(role))))
