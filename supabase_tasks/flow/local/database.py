"""The local database: start, stop, reset and push, on the stack of `supabase start` or on the embedded server, by the
real CLI."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks import command_line, dotenv_files, process, progress, supabase_config
from supabase_tasks.cli import LOCAL, SupabaseCli, at_url, find_cli
from supabase_tasks.errors import DatabaseError, SettingsError
from supabase_tasks.flow.local import applying, embedded, stack
from supabase_tasks.flow.local.connection import Local, Mode, open_connection
from supabase_tasks.flow.local.local_change import LocalChange, counts, done_with
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import unwritable

if TYPE_CHECKING:
    from supabase_tasks.postgres.server import Server
    from supabase_tasks.process import CompletedProgram

OnLine = Callable[[str], None]


def mode(settings: Settings) -> Mode:
    """`docker`, `native` or `embedded`: the setting, and with `auto` Docker where an engine answers."""
    if settings.local != "auto":
        return settings.local
    from supabase_tasks.cli import docker

    return "docker" if docker.answers() else "embedded"


def start(settings: Settings, *, on_line: OnLine) -> LocalChange:
    """Start the local database; one that has no migration yet gets all of them and the seed, as `supabase start` does.

    Raises `DatabaseError` or `CliError`.
    """
    begun = time.monotonic()
    with applying.turn(settings) as descriptor:
        if mode(settings) != "embedded":
            run = stack.start(settings, stack.cli_of(settings, on_line))
            return done_with(stack.connect(settings, on_line), run, begun)
        local = _embedded_target(settings)
        if counts(local)[0] or not _has_migrations(settings):
            return done_with(local, None, begun)
        files = _expected_files(settings, on_line)
        seeding = _Change(settings, local, descriptor, on_line)
        run = seeding.apply(files, lambda cli: cli.push(local.database, include_seed=True))
    return done_with(local, run, begun)


def stop(settings: Settings, *, on_line: OnLine) -> tuple[str, ...]:
    """Stop the local database and the shadow server; their data is kept. Returns the names of what ran."""
    from supabase_tasks import postgres

    with applying.turn(settings):
        stopped = postgres.stop(settings)
        if (of := mode(settings)) != "embedded":
            stack.cli_of(settings, on_line).stop()
            stopped = (*stopped, f"{of} stack")
    return stopped


def stop_all() -> tuple[str, ...]:
    """Stop the embedded servers of every project of this user; their data is kept. Returns `project/server` of what ran."""
    from supabase_tasks import postgres

    return postgres.stop_all()


def forget_gone(*, rows: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove the state of projects whose folder is gone; where they lay, and where those lay of which something is left.

    Without `rows` their local databases are left. Raises `DatabaseError` when something cannot be removed.
    """
    from supabase_tasks import postgres

    removed: list[str] = []
    left: list[str] = []
    gone = postgres.find_gone()
    for number, project in enumerate(gone, 1):
        progress.step("removing the state of projects whose folder is gone", number, len(gone))
        try:
            (removed if postgres.remove_gone(project, rows=rows) else left).append(str(project.root))
        except OSError as error:
            raise unwritable(project.folder, error) from error
    return tuple(removed), tuple(left)


def reset(settings: Settings, *, seed: bool, version: str | None, on_line: OnLine) -> LocalChange:
    """Rebuild the local database from roles.sql, `supabase/migrations` and the seed; everything else in it is lost.

    `version` stops after that migration. Raises `CliError` with the file and PostgreSQL's message when one fails. The former
    database comes back when nothing could be applied, and on Ctrl-C (`Interrupted`).
    """
    begun = time.monotonic()
    _require_migration(settings, version)
    files = [file for file in _expected_files(settings, on_line) if version is None or file.version <= version]
    with applying.turn(settings) as descriptor:
        if mode(settings) != "embedded":
            local = stack.connect(settings, on_line)
            change = _Change(settings, local, descriptor, on_line)
            run = change.apply(files, lambda cli: cli.reset(LOCAL, seed=seed, version=version))
            return done_with(local, run, begun)
        heard = embedded.Heard(on_line)
        # Found, or installed, before the database is touched.
        find_cli(settings, on_line=on_line)
        local, server = _pristine(settings)
        change = _Change(settings, local, descriptor, heard)
        with embedded.replace_database(server, settings, heard):
            run = change.apply(files, lambda cli: cli.reset(local.database, seed=seed, version=version))
    return done_with(local, run, begun)


def push(settings: Settings, *, seed: bool, include_all: bool, dry_run: bool, on_line: OnLine) -> LocalChange:
    """Apply the migrations that the local database does not have yet, keeping its rows."""
    begun = time.monotonic()
    with applying.turn(settings) as descriptor:
        local = connect(settings)
        files = _expected_files(settings, on_line)
        applying.refuse_edited(local, files)
        pending = [] if dry_run else applying.pending_files(local, files)
        change = _Change(settings, local, descriptor, on_line, roles=not dry_run)
        run = change.apply(
            pending,
            lambda cli: cli.push(local.database, include_seed=seed, include_all=include_all, dry_run=dry_run),
        )
    return done_with(local, run, begun)


def _expected_files(settings: Settings, on_line: OnLine) -> Sequence[MigrationFile]:
    """The files that the CLI is going to apply, read before anything is changed. Raises `MigrationError` for one that cannot
    be read."""
    from supabase_tasks.ledger import files

    dotenv_files.require_readable(settings.supabase)
    files.reject_unreadable(settings)
    found = files.read(settings)
    for file in found:
        _ = file.text
    if supabase_config.load(settings).migrations_enabled:
        return found
    off = "[db.migrations] enabled = false in supabase/config.toml: the CLI applies no migration"
    on_line(f"warning: {off}, though schema-check and schema-generate replay them all")
    return ()


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of the local database by the CLI. `descriptor` is the lock's, `roles` whether roles.sql is run before it on
    the embedded one."""

    settings: Settings
    local: Local
    descriptor: int
    on_line: OnLine
    roles: bool = True

    def apply(
        self, pending: Sequence[MigrationFile], call: Callable[[SupabaseCli], CompletedProgram]
    ) -> CompletedProgram:
        """What the CLI printed, once the database records `pending`. Raises what `applying.judge` does."""
        with self._ready() as cli:
            outcome = applying.run_cli(self.local, self.descriptor, lambda: call(cli))
        return applying.judge(self.local, pending, outcome)

    @contextmanager
    def _ready(self) -> Iterator[SupabaseCli]:
        """The CLI, with what the embedded database needs around it."""
        cli = stack.cli_of(self.settings, self.on_line)
        if self.local.mode != "embedded":
            yield cli
            return
        from supabase_tasks import postgres

        server = postgres.local(self.settings)
        if self.roles:
            embedded.seed_roles(server, self.settings, self.on_line)
        with embedded.assist(server, self.settings, cli, self.on_line):
            yield cli


def connect(settings: Settings) -> Local:
    """The local database, running: the embedded one is started when needed, a stack must be up already."""
    return _embedded_target(settings) if mode(settings) == "embedded" else stack.connect(settings, lambda line: None)


def running(settings: Settings) -> Local:
    """The local database, which takes a connection as `postgres`. Starts nothing; raises `DatabaseError` when none runs."""
    if mode(settings) == "embedded" and not _runs(settings):
        raise DatabaseError("the local database is not running", next_step="inv supabase-start", code="not-running")
    local = connect(settings)
    open_connection(local).close()
    return local


def _runs(settings: Settings) -> bool:
    """Whether the embedded local database is up."""
    from supabase_tasks import postgres

    return any(one.running and one.name == "local" for one in postgres.status(settings))


def _embedded_target(settings: Settings) -> Local:
    from supabase_tasks import postgres

    if not _runs(settings):
        progress.step("starting the local database")
    return _at(postgres.local(_check(settings)))


def _pristine(settings: Settings) -> tuple[Local, Server]:
    # The CLI's reset of a database by URL clears what users made but leaves the platform's rows (buckets, users);
    # the Docker stack's reset makes a new database. A new database first (`embedded.replace_database`) gives the same
    # result here.
    from supabase_tasks import postgres

    progress.step("emptying the local database")
    server = postgres.local(_check(settings))
    return _at(server, fresh=True), server


def _at(server: Server, *, fresh: bool = False) -> Local:
    database = at_url(server.url(), password=server.password)
    # PATH has none where PostgreSQL came as a wheel.
    psql = "psql" if process.find("psql") else str(server.bin / "psql")
    return Local("embedded", server.url(), database, server.pass_file, fresh, psql)


def _check(settings: Settings) -> Settings:
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


def _require_migration(settings: Settings, version: str | None) -> None:
    from supabase_tasks.ledger import files

    known = [file.version for file in files.read(settings)]
    if version is not None and version not in known:
        raise SettingsError(
            f"there is no migration with the version {version}",
            cause=f"the last ones are {', '.join(known[-5:]) or 'none'}",
            next_step=command_line.chosen(version, known, "inv supabase-status"),
            code="unknown-version",
        )
