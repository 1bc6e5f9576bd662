"""Helping the real CLI over what the embedded local database cannot take by itself.

Two things need it, both named in docs/embedded-database.md: statements that supautils lifts on hosted Supabase, and what a
stand-in extension cannot say (`standin_rewrites`). The CLI stays the one that applies, as a `postgres` without superuser: it
gets a copy of the migrations in which a lifted statement is the signed call that runs it (`elevation`). Afterwards the ledger
holds the author's statements.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger import history_table
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.ledger.splitting import split
from supabase_tasks.postgres import learned, replay, security_labels, standin_rewrites
from supabase_tasks.postgres.refusals import Refusals
from supabase_tasks.postgres.server import Server
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Assistance:
    """The folder to give the CLI as `--workdir`, and what was done for it, one line each (empty: nothing)."""

    workdir: Path
    notes: tuple[str, ...]


@contextmanager
def cli_workspace(server: Server, settings: Settings) -> Iterator[Assistance]:
    """Hold while the CLI pushes to or resets the embedded local database `server`.

    Where a pending migration has a statement that hosted Supabase lifts, or something that a stand-in cannot take, the CLI
    gets a copy of the project: with a call in the place of the one, without the other. No rights change. Raises
    `MigrationError` when a file cannot be read.
    """
    files = ledger.read(settings)
    pending = _pending(server, files)
    rewritten = _rewritten(server, pending, learned.of(server, settings, files, pending))
    notes = [
        f"{file.path.name}: runs with the rights that hosted Supabase lends for such statements"
        for file in rewritten.lifted
    ]
    notes += [
        f"{file.path.name}: security labels are stored without their provider, which is not loaded here"
        for file in rewritten.labelled
    ]
    notes += [f"{file.path.name}: without what a stand-in extension cannot take" for file in rewritten.without]
    with ExitStack() as stack:
        workdir = stack.enter_context(_copy(settings, rewritten.texts)) if rewritten.texts else settings.supabase.parent
        stack.callback(_restore_history, server, list(rewritten.texts))
        yield Assistance(workdir, tuple(notes))


def _pending(server: Server, files: Sequence[MigrationFile]) -> list[MigrationFile]:
    # As the migrations' own role: what they made of their ledger runs with its rights.
    with server.connect() as connection:
        if not history_table.exists(connection):
            return list(files)
        rows = connection.execute("SELECT version FROM supabase_migrations.schema_migrations").fetchall()
    applied = {str(version) for (version,) in rows}
    return [file for file in files if file.version not in applied]


@dataclass(frozen=True, slots=True)
class _Rewritten:
    """The files whose text is another for the CLI, and those of them that lack something, run with more rights, or set
    security labels."""

    texts: dict[MigrationFile, str]
    without: list[MigrationFile] = field(default_factory=list)
    lifted: list[MigrationFile] = field(default_factory=list)
    labelled: list[MigrationFile] = field(default_factory=list)


def _rewritten(server: Server, files: Sequence[MigrationFile], known: Mapping[MigrationFile, Refusals]) -> _Rewritten:
    with server.connect() as connection:
        standins = replay.standins_of(connection)
    key = server.key()
    found = _Rewritten({})
    for file in files:
        refusals = known.get(file) or Refusals()
        plain = _replace_statements(file.text, lambda _, text: standin_rewrites.rewrite(text, standins))
        called = _replace_statements(plain, partial(_code, refusals, key))
        if plain != file.text:
            found.without.append(file)
        changed = [old.text for old, new in zip(split(plain), split(called), strict=True) if old.text != new.text]
        if any(map(security_labels.may_hold, changed)):
            found.labelled.append(file)
        if not all(map(security_labels.may_hold, changed)):
            found.lifted.append(file)
        if called != file.text:
            found.texts[file] = called
    return found


def _code(refusals: Refusals, key: bytes, place: int, text: str) -> str:
    return refusals.text(place, text, key)


def _replace_statements(sql: str, change: Callable[[int, str], str]) -> str:
    """`sql` with every statement, as the CLI cuts it, changed."""
    # From the end, so that the places of those before stay.
    for place, item in reversed(list(enumerate(split(sql)))):
        sql = sql[: item.offset] + change(place, item.text) + sql[item.offset + len(item.text) :]
    return sql


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
    with server.connect() as connection:
        if not history_table.exists(connection):
            return
        for file in files:
            statements = [item.text for item in split(file.text)]
            connection.execute(
                "UPDATE supabase_migrations.schema_migrations SET statements = %s WHERE version = %s",
                (statements, file.version),
            )
