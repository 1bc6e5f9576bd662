"""The local database: start, stop, reset and push, on the Docker stack or on the embedded server, by the real CLI."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import supabase_config
from supabase_tasks.cli import LOCAL, Database, SupabaseCli, at_url
from supabase_tasks.errors import DatabaseError, SettingsError
from supabase_tasks.flow.local.connection import Local, Mode
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import private, project_folder, unwritable

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.postgres.server import Server
    from supabase_tasks.process import Completed

OnLine = Callable[[str], None]
# The local stack's superuser and its fixed, public password (supabase/config of the CLI, 2.x and 3.x).
_STACK_PASSWORD = "postgres"
_STACK_PASS_FILE = "docker-pgpass"
_APPLIED = re.compile(r"^Applying migration (\S+?\.sql)", re.MULTILINE)
_SEEDED = re.compile(r"^Seeding data from (\S+?)(?:\.\.\.)?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command on the local database did: files applied and seeded by it, then what the database holds."""

    local: Local
    applied: tuple[str, ...]
    seeded: tuple[str, ...]
    migrations: int
    tables: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "mode": self.local.mode,
            "url": self.local.url,
            "connect": self.local.command,
            "applied": list(self.applied),
            "seeded": list(self.seeded),
            "migrations": self.migrations,
            "tables": self.tables,
            "seconds": round(self.seconds, 2),
        }


def mode(settings: Settings) -> Mode:
    """`docker` or `embedded`: the setting, and with `auto` Docker where an engine answers."""
    if settings.local != "auto":
        return settings.local
    from supabase_tasks.cli import docker

    return "docker" if docker.answers() else "embedded"


def start(settings: Settings, *, on_line: OnLine) -> Done:
    """Start the local database; one that has no migration yet gets all of them and the seed, as `supabase start` does.

    Raises `DatabaseError` or `CliError`.
    """
    begun = time.monotonic()
    if mode(settings) == "docker":
        cli = SupabaseCli.of(settings, on_line=on_line)
        return _done(_docker(settings), cli.start(), begun)
    local = _embedded(settings)
    if _counts(local)[0] == 0 and _has_migrations(settings):
        cli = SupabaseCli.of(settings, on_line=on_line)
        with _assisted(settings, local, cli, on_line):
            return _done(local, cli.push(local.database, include_seed=True, include_roles=_has_roles(settings)), begun)
    return _done(local, None, begun)


def stop(settings: Settings, *, on_line: OnLine) -> tuple[str, ...]:
    """Stop the local database and the scratch server; their data is kept. Returns the names of what ran."""
    from supabase_tasks import postgres

    stopped = postgres.stop(settings)
    if mode(settings) == "docker":
        SupabaseCli.of(settings, on_line=on_line).stop()
        stopped = (*stopped, "docker stack")
    return stopped


def stop_all() -> tuple[str, ...]:
    """Stop the embedded servers of every project of this user; their data is kept. Returns `project/server` of what ran."""
    from supabase_tasks import postgres

    return postgres.stop_all()


def reset(settings: Settings, *, seed: bool, version: str | None, on_line: OnLine) -> Done:
    """Rebuild the local database from `supabase/migrations` and the seed; everything else in it is lost.

    `version` stops after that migration. Raises `CliError` with the file and PostgreSQL's message when one fails.
    """
    begun = time.monotonic()
    _require_migration(settings, version)
    cli = SupabaseCli.of(settings, on_line=on_line)
    if mode(settings) == "docker":
        return _done(_docker(settings), cli.reset(LOCAL, seed=seed, version=version), begun)
    local = _pristine(settings)
    with _assisted(settings, local, cli, on_line):
        return _done(local, cli.reset(local.database, seed=seed, version=version), begun)


def push(settings: Settings, *, seed: bool, include_all: bool, dry_run: bool, on_line: OnLine) -> Done:
    """Apply the migrations that the local database does not have yet, keeping its rows."""
    begun = time.monotonic()
    local = connect(settings)
    cli = SupabaseCli.of(settings, on_line=on_line)
    with _assisted(settings, local, cli, on_line):
        done = cli.push(local.database, include_seed=seed, include_all=include_all, dry_run=dry_run)
    return _done(local, done, begun)


def connect(settings: Settings) -> Local:
    """The local database, running: the embedded one is started when needed, the Docker stack must be up already."""
    return _docker(settings) if mode(settings) == "docker" else _embedded(settings)


def running(settings: Settings) -> Local:
    """The local database, which takes a connection as `postgres`. Starts nothing; raises `DatabaseError` when none runs."""
    from supabase_tasks import postgres

    if mode(settings) == "embedded" and not any(
        one.running and one.name == "local" for one in postgres.status(settings)
    ):
        raise DatabaseError("the local database is not running", next_step="inv supabase-start", code="not-running")
    local = connect(settings)
    open_connection(local).close()
    return local


def open_connection(local: Local) -> psycopg.Connection[Any]:
    """A connection as `postgres`. Raises `DatabaseError` when nothing answers there."""
    import psycopg

    try:
        return psycopg.connect(local.url, password=local.database.password, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise DatabaseError(
            f"no database answers at {local.url}", cause=str(error).strip(), next_step="inv supabase-start"
        ) from error


@contextmanager
def _assisted(settings: Settings, local: Local, cli: SupabaseCli, on_line: OnLine) -> Iterator[None]:
    if local.mode == "docker":
        yield
        return
    from supabase_tasks import postgres

    server = postgres.local(settings)
    with _secured(server, on_line), postgres.cli_workspace(server, settings) as assistance:
        cli.workdir = assistance.workdir
        for note in assistance.notes:
            on_line(f"note: {note}")
        yield


@contextmanager
def _secured(server: Server, on_line: OnLine) -> Iterator[None]:
    """Before and after: what migrations did to roles and passwords grants no access."""
    from supabase_tasks import postgres

    def secure() -> None:
        for line in postgres.secure(server):
            on_line(f"warning: {line}")

    secure()
    try:
        yield
    finally:
        secure()


def _embedded(settings: Settings) -> Local:
    from supabase_tasks import postgres

    return _at(postgres.local(_checked(settings)))


def _pristine(settings: Settings) -> Local:
    from supabase_tasks import postgres

    server = postgres.local(_checked(settings))
    # The CLI's reset of a database by URL clears what users made but leaves the platform's rows (buckets, users);
    # the Docker stack's reset makes a new database. A new database first gives the same result here.
    postgres.recreate_local(server, settings)
    # The CLI's reset by URL keeps roles, and so does not make them.
    postgres.make_roles(server, settings)
    return _at(server, fresh=True)


def _at(server: Server, *, fresh: bool = False) -> Local:
    database = at_url(server.url(), password=server.password)
    return Local("embedded", server.url(), database, server.pass_file, fresh)


def _docker(settings: Settings) -> Local:
    port = supabase_config.load(settings).db_port
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    return Local("docker", url, Database("local", url=url, password=_STACK_PASSWORD), _stack_pass_file(settings))


def _stack_pass_file(settings: Settings) -> Path:
    """The stack's password is no secret; with a file the printed command asks for it neither."""
    from supabase_tasks.postgres import access

    path = project_folder(settings) / _STACK_PASS_FILE
    if not path.exists():
        try:
            private(path.parent)
        except OSError as error:
            raise unwritable(path, error) from error
        access.write_pass_file(path, _STACK_PASSWORD)
    return path


def _checked(settings: Settings) -> Settings:
    supabase_config.load(settings)
    if settings.supabase.name != "supabase" or settings.migrations != settings.supabase / "migrations":
        raise SettingsError(
            f"the Supabase CLI reads migrations from supabase/migrations only, not from {settings.migrations}",
            next_step="move the folder, and remove `supabase` and `migrations` from [tool.supabase-tasks]",
        )
    return settings


def _has_migrations(settings: Settings) -> bool:
    from supabase_tasks.ledger import files

    return bool(files.read(settings))


def _has_roles(settings: Settings) -> bool:
    return (settings.supabase / "roles.sql").is_file()


def _require_migration(settings: Settings, version: str | None) -> None:
    from supabase_tasks.ledger import files

    known = [file.version for file in files.read(settings)]
    if version is not None and version not in known:
        raise SettingsError(
            f"there is no migration with the version {version}",
            cause=f"the last ones are {', '.join(known[-5:]) or 'none'}",
            code="unknown-version",
        )


def _done(local: Local, run: Completed | None, begun: float) -> Done:
    text = run.output if run else ""
    migrations, tables = _counts(local)
    return Done(
        local=local,
        applied=tuple(_APPLIED.findall(text)),
        seeded=tuple(_SEEDED.findall(text)),
        migrations=migrations,
        tables=tables,
        seconds=time.monotonic() - begun,
    )


def _counts(local: Local) -> tuple[int, int]:
    from supabase_tasks.diff.catalog import scope
    from supabase_tasks.ledger import history_table

    tables = (
        "SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE c.relkind IN ('r', 'p') AND {scope.user_schema('n')}"
    )
    with open_connection(local) as connection:
        row = connection.execute(tables).fetchone()
        applied = 0
        if history_table.exists(connection):
            counted = connection.execute(f"SELECT count(*) FROM {history_table.HISTORY_TABLE}").fetchone()
            applied = counted[0] if counted else 0
    return applied, row[0] if row else 0
