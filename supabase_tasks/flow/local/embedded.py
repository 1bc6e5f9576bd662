"""What the embedded local database needs around a run of the CLI: assistance, safe roles, roles.sql, and the former
database kept until the new one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from supabase_tasks.cli import SupabaseCli, output
from supabase_tasks.errors import TaskError, TaskInterrupted
from supabase_tasks.interrupts import HeldBack
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.postgres.server import Server
    from supabase_tasks.postgres.setting_aside import SetAside

OnLine = Callable[[str], None]
_AS_BEFORE = "the local database is as it was before"


class Heard:
    """Hands the CLI's lines on and remembers whether it had begun to change the database."""

    def __init__(self, on_line: OnLine) -> None:
        self._on_line = on_line
        self.begun = False

    def __call__(self, line: str) -> None:
        self.begun = self.begun or output.begins(line)
        self._on_line(line)


@contextmanager
def assist(server: Server, settings: Settings, cli: SupabaseCli, on_line: OnLine) -> Iterator[None]:
    """Hold while `cli` pushes to or resets the database: see `postgres.cli_workspace`."""
    from supabase_tasks import postgres

    with _securing(server, on_line), postgres.cli_workspace(server, settings) as assistance:
        cli.workdir = assistance.workdir
        for note in assistance.notes:
            on_line(f"note: {note}")
        yield


@contextmanager
def _securing(server: Server, on_line: OnLine) -> Iterator[None]:
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


def seed_roles(server: Server, settings: Settings, on_line: OnLine) -> None:
    """Run supabase/roles.sql, which the CLI's own local start and reset do before the first migration. Raises
    `MigrationError`."""
    from supabase_tasks import postgres

    if (settings.supabase / "roles.sql").is_file():
        on_line("Seeding globals from roles.sql...")
        postgres.make_roles(server, settings)


@contextmanager
def replace_database(server: Server, settings: Settings, heard: Heard) -> Iterator[None]:
    """A fresh Supabase database in the place of the local one, for a reset. The former one comes back on Ctrl-C, and when
    the run fails before the CLI has begun; else it is dropped."""
    from supabase_tasks.postgres import created_databases, setting_aside

    former = setting_aside.set_aside(server, settings)
    try:
        created_databases.drop_created(server, settings)
        yield
    except KeyboardInterrupt as error:
        _put_back(former)
        raise TaskInterrupted(_AS_BEFORE, next_step="inv supabase-db-reset") from error
    except TaskError as error:
        with _failing_as(error):
            if heard.begun:
                setting_aside.forget(former)
            else:
                _put_back(former)
                error.cause = "\n".join(filter(None, (error.cause, _AS_BEFORE)))
        raise
    except BaseException:
        _put_back(former)
        raise
    setting_aside.forget(former)


@contextmanager
def _failing_as(first: TaskError) -> Iterator[None]:
    """What ends the server ends the tidying too: the first failure is the one to tell."""
    import psycopg

    try:
        yield
    except psycopg.OperationalError:
        raise first from None


def _put_back(former: SetAside) -> None:
    from supabase_tasks.postgres import setting_aside

    with HeldBack() as held:
        held.begin()
        setting_aside.put_back(former)
