"""Local, staging and production side by side: which migration is where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from supabase_tasks import postgres
from supabase_tasks.errors import EnvironmentMissingError, TaskError
from supabase_tasks.flow.local import database
from supabase_tasks.flow.local.connection import open_connection
from supabase_tasks.flow.targets import history_report, hosted_target
from supabase_tasks.flow.targets.hosted_target import TargetInfo
from supabase_tasks.guard import history
from supabase_tasks.guard.history import Entry, History, Row
from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

_LOCAL_REPAIR = "inv supabase-db-reset   # rebuilds it from the files; its rows are those of the seed then"


@dataclass(frozen=True, slots=True)
class Column:
    """One database: its history, or why it could not be read."""

    name: str
    history: History | None
    info: TargetInfo | None = None
    problem: str | None = None
    next_step: str | None = None

    def as_json(self) -> dict[str, Any]:
        found = self.history.entries if self.history else ()
        return {
            "name": self.name,
            "project": self.info.as_json() if self.info else None,
            "problem": self.problem,
            "next_step": self.next_step,
            "entries": [history_report.as_json(self.name, entry) for entry in found],
        }


def columns(settings: Settings) -> tuple[Column, ...]:
    """The local database and every target, in the order of the settings. A database that cannot be read is a column
    with a problem, not an error."""
    files = ledger.read(settings)
    return (_local(settings, files), *(_target(settings, target.name) for target in settings.targets))


def rows(settings: Settings, found: Sequence[Column]) -> tuple[tuple[str, tuple[Entry | None, ...]], ...]:
    """Every version that is a file or that any of them knows: its title, and its entry in each column."""
    files = {file.version: file.path.name for file in ledger.read(settings)}
    by_column = [
        {entry.version: entry for entry in column.history.entries} if column.history else {} for column in found
    ]
    versions = sorted({*files, *(version for entries in by_column for version in entries)})
    lines = []
    for version in versions:
        entries = tuple(known.get(version) for known in by_column)
        lines.append((next((entry.title for entry in entries if entry), files.get(version, version)), entries))
    return tuple(lines)


def advice(found: Sequence[Column]) -> tuple[str, ...]:
    """What is wrong anywhere, each with the command that repairs it."""
    lines = []
    for column in found:
        for entry in column.history.problems if column.history else ():
            repair = history_report.repairs(column.name, entry)[0] if column.info else _LOCAL_REPAIR
            lines.append(f"{column.name}: {history_report.describe(column.name, entry)}; {repair}")
    return tuple(lines)


def _target(settings: Settings, name: str) -> Column:
    try:
        with hosted_target.open_for_reading(settings, name) as found:
            return Column(name, found.history(), found.info)
    except EnvironmentMissingError as error:
        return Column(name, None, problem="not configured", next_step=error.next_step)
    except TaskError as error:
        return Column(name, None, problem=error.message, next_step=error.next_step)


def _local(settings: Settings, files: Sequence[MigrationFile]) -> Column:
    try:
        found = _local_rows(settings)
    except TaskError as error:
        return Column("local", None, problem=error.message, next_step=error.next_step)
    if found is None:
        return Column("local", None, problem="not running", next_step="inv supabase-start")
    return Column("local", history.compare(files, found))


def _local_rows(settings: Settings) -> tuple[Row, ...] | None:
    """The local history; None when the embedded server does not run: looking at the status starts nothing."""
    if database.mode(settings) == "embedded" and not any(
        one.running for one in postgres.status(settings) if one.name == "local"
    ):
        return None
    with open_connection(database.connect(settings)) as connection:
        return history.read(connection)
