"""The databases of a comparison, made on the shadow server while the models are imported."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks import postgres, preload
from supabase_tasks.background import BackgroundTask
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.diff.catalog.rows import Catalog
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.proof.row_counts import RowCount
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.models.desired_build import DesiredBuild


@dataclass(slots=True)
class Databases:
    """What is made while the models are imported. `clone` is a copy of the template `current`, the history; the connections are a
    migrator's. `held` are the rows that migrations have left in the copy."""

    settings: Settings
    server: postgres.Server
    platform: str
    current: str
    clone: str
    clone_connection: psycopg.Connection[Any]
    desired: DesiredBuild
    held: Mapping[int, RowCount]
    _reading: BackgroundTask[Snapshot] | None = field(default=None, init=False)

    def begin_history(self) -> BackgroundTask[Snapshot]:
        """The reading of the history, begun with the first call."""
        if self._reading is None:
            self._reading = BackgroundTask(lambda: _read_history(self))
        return self._reading

    def release(self, proven: Sequence[MigrationFile] | None = None) -> None:
        """Gives the databases up: a worker prepares those of the next command in the background. `proven` is the history
        that the copy has become: None while it is one of `current`, no files once it is another database."""
        self.clone_connection.close()
        self.desired.close()
        if not preload.defer(lambda: self._prepare(proven)):
            self.server.discard(self.desired.database, self.clone)

    def _prepare(self, proven: Sequence[MigrationFile] | None) -> None:
        """Clones of what the next command compares: the platform, the history as it is now, and as it was, for a migration
        that is thrown away and generated again."""
        histories = [self.current]
        if proven:
            histories.insert(0, self._keep_history(proven))
        if proven is None:
            self.server.give_back(self.current, self.clone)
        self.server.clone_ahead(self.platform, *histories)
        self.server.drop(self.desired.database)
        self.server.drop(self.clone)

    def _keep_history(self, files: Sequence[MigrationFile]) -> str:
        name = postgres.template_name(self.server, self.settings, files)
        with self.server.migrator(self.clone) as connection:
            _read_catalog(self.server, name, connection)
        postgres.promote_to_template(self.server, self.settings, files, self.clone)
        return name


class CancelledError(Exception):
    """The databases are no longer needed."""


def make_databases(
    settings: Settings, files: Sequence[MigrationFile], cancelled: threading.Event, *, idle: bool = False
) -> Databases:
    """The databases for a comparison with `files`; the history is read at once where this process is `idle` meanwhile.

    Raises `MigrationError`, `DatabaseError`, and `CancelledError` when `cancelled` was set.
    """
    from supabase_tasks.diff.proof import row_counts
    from supabase_tasks.models.desired_build import DesiredBuild

    server = postgres.shadow(settings)
    current = postgres.history_template(server, settings, files)
    if cancelled.is_set():
        raise CancelledError
    platform = postgres.platform_template(server, settings)
    desired = DesiredBuild(server, settings, platform)
    try:
        clone = server.clone(current)
    except BaseException:
        desired.discard()
        raise
    try:
        connection = server.migrator(clone)
        # A template never changes: its catalog is read once.
        _read_catalog(server, current, connection)
        held = row_counts.count(connection)
        databases = Databases(settings, server, platform, current, clone, connection, desired, held)
        if idle:
            databases.begin_history()
        if not cancelled.is_set():
            desired.run_ahead()
    except BaseException:
        desired.discard()
        server.discard(clone)
        raise
    return databases


def _read_history(databases: Databases) -> Snapshot:
    from supabase_tasks.diff import reader
    from supabase_tasks.diff.catalog.scope import Scope

    catalog = _read_catalog(databases.server, databases.current, databases.clone_connection)
    return reader.snapshot_of(catalog, Scope(databases.settings.ignore))


def _read_catalog(server: postgres.Server, template: str, connection: psycopg.Connection[Any]) -> Catalog:
    """The catalog of a copy of `template`, kept for the next command."""
    from supabase_tasks.diff import reader

    return reader.read_catalog(connection, kept_in=server.folder / "catalogs", name=template)
