"""Helping the real CLI over what the embedded local database cannot take by itself.

Two things need it, both named in docs/embedded-database.md: statements that supautils lifts on hosted Supabase, and what a
stand-in extension cannot say (`standin_rewrites`). The CLI stays the one that applies; afterwards the history table holds the
author's statements.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.ledger.splitting import split
from supabase_tasks.postgres import elevation, replay, standin_rewrites
from supabase_tasks.postgres.server import Server
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Assistance:
    """The folder to give the CLI as `--workdir`, and what was done for it, one line each (empty: nothing)."""

    workdir: Path
    notes: tuple[str, ...]


@contextmanager
def assisted(server: Server, settings: Settings) -> Iterator[Assistance]:
    """Hold while the CLI pushes to or resets the embedded local database `server`.

    Where a pending migration has a statement that hosted Supabase lifts, `postgres` is superuser meanwhile; where one has
    something that a stand-in cannot take, the CLI gets a copy of the project without it. Raises `MigrationError` when a
    file cannot be read.
    """
    _end_left_over(server)
    pending = _pending(server, ledger.read(settings))
    lifted = [file.path.name for file in pending if any(elevation.needs_lift(item.text) for item in split(file.text))]
    rewritten = _rewritten(server, pending)
    notes = [f"{name}: runs with the rights that hosted Supabase lends for such statements" for name in lifted]
    notes += [f"{file.path.name}: without what a stand-in extension cannot take" for file in rewritten]
    with ExitStack() as stack:
        if lifted:
            stack.enter_context(_superuser(server))
        workdir = stack.enter_context(_copy(settings, rewritten)) if rewritten else settings.supabase.parent
        stack.callback(_restore_history, server, list(rewritten))
        yield Assistance(workdir, tuple(notes))


def _pending(server: Server, files: Sequence[MigrationFile]) -> list[MigrationFile]:
    with server.admin() as connection:
        row = connection.execute("SELECT pg_catalog.to_regclass('supabase_migrations.schema_migrations')").fetchone()
        if row is None or row[0] is None:
            return list(files)
        rows = connection.execute("SELECT version FROM supabase_migrations.schema_migrations").fetchall()
    applied = {str(version) for (version,) in rows}
    return [file for file in files if file.version not in applied]


def _rewritten(server: Server, files: Sequence[MigrationFile]) -> dict[MigrationFile, str]:
    with server.admin() as connection:
        standins = replay.standins_of(connection)
    found = {}
    for file in files:
        text = file.text
        for item in split(file.text):
            changed = standin_rewrites.rewrite(item.text, standins)
            text = text[: item.offset] + changed + text[item.offset + len(item.text) :]
        if text != file.text:
            found[file] = text
    return found


def _end_left_over(server: Server) -> None:
    # A process that was killed while it helped leaves `postgres` a superuser.
    with server.admin() as connection:
        row = connection.execute("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = 'postgres'").fetchone()
        if row is not None and row[0]:
            connection.execute("ALTER ROLE postgres NOSUPERUSER")


@contextmanager
def _superuser(server: Server) -> Iterator[None]:
    with server.admin() as connection:
        connection.execute("ALTER ROLE postgres SUPERUSER")
    try:
        yield
    finally:
        with server.admin() as connection:
            connection.execute("ALTER ROLE postgres NOSUPERUSER")


@contextmanager
def _copy(settings: Settings, rewritten: dict[MigrationFile, str]) -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="supabase-tasks-"))
    try:
        target = root / settings.supabase.name
        (target / "migrations").mkdir(parents=True)
        _link_all(settings.supabase.parent, root, but=settings.supabase.name)
        _link_all(settings.supabase, target, but="migrations")
        texts = {file.path.name: text for file, text in rewritten.items()}
        for path in settings.migrations.iterdir():
            if path.name in texts:
                (target / "migrations" / path.name).write_text(texts[path.name], encoding="utf-8")
            else:
                (target / "migrations" / path.name).symlink_to(path)
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _link_all(source: Path, target: Path, *, but: str) -> None:
    for path in source.iterdir():
        if path.name != but:
            (target / path.name).symlink_to(path)


def _restore_history(server: Server, files: Sequence[MigrationFile]) -> None:
    if not files:
        return
    with server.admin() as connection:
        row = connection.execute("SELECT pg_catalog.to_regclass('supabase_migrations.schema_migrations')").fetchone()
        if row is None or row[0] is None:
            return
        for file in files:
            statements = [item.text for item in split(file.text)]
            connection.execute(
                "UPDATE supabase_migrations.schema_migrations SET statements = %s WHERE version = %s",
                (statements, file.version),
            )
