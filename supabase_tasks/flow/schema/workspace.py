"""The databases under a comparison: the replayed history's copy, read, and an empty platform for the models."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import postgres, preload
from supabase_tasks.background import BackgroundTask
from supabase_tasks.files import digest
from supabase_tasks.postgres import clone_pool
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.models.declaration import Statement


@dataclass(slots=True)
class Fate:
    """The state of the history's copy: `altered` when it no longer is one; `files` when it became, file by file, the
    copy of another history."""

    altered: bool = False
    files: Sequence[MigrationFile] = ()


@dataclass(slots=True)
class Workspace:
    """`clone` is a copy of the history template `current`, and `kept` where its catalog is; `desired` is a copy of the
    template `platform`. The connections are a migrator's; `clone` and `desired` go with `leave`."""

    settings: Settings
    server: postgres.Server
    platform: str
    current: str
    kept: Path
    desired: str
    clone: str
    desired_connection: psycopg.Connection[Any]
    clone_connection: psycopg.Connection[Any]
    # The models' statements that ran already, on the baseline; None when nothing did.
    ran: list[Statement] | None = None
    reading: BackgroundTask[Snapshot] | None = None
    fate: Fate = field(default_factory=Fate)

    def history(self) -> Snapshot:
        """What the replayed migrations made."""
        return self.reading.result() if self.reading else _read(self.settings, self.kept, self.clone_connection)

    def build_desired(self, statements: Iterable[Statement], files: Sequence[Path]) -> None:
        """Make `desired` what the models' statements say, which come from `files`. Raises `ModelsError`,
        `MigrationError`."""
        from supabase_tasks.models import desired, speculation

        whole: list[Statement] = []
        if self.ran is None:
            desired.build(self.desired_connection, self.settings, statements, whole)
        else:
            whole += statements
            if not self._completed(whole, self.ran):
                self._renew()
                desired.build(self.desired_connection, self.settings, whole)
        self.ran = None
        speculation.remember(_statements_path(self.server, self.settings), whole, files)

    def _completed(self, whole: Sequence[Statement], ran: Sequence[Statement]) -> bool:
        """Whether the statements that ran could be made the models' whole."""
        from supabase_tasks.errors import ModelsError
        from supabase_tasks.models import desired, speculation

        left = speculation.remaining(ran, whole)
        if left is None:
            return False
        try:
            desired.apply(self.desired_connection, left)
        except ModelsError:
            # Refused for what the models say, or for what ran too early: the whole, in order, tells.
            return False
        return not (ran and speculation.has_order_dependent_names(self.desired_connection))

    def _renew(self) -> None:
        self.desired_connection.close()
        self.server.discard(self.desired)
        (self.desired,) = clone_pool.clones(self.server, self.platform)
        self.desired_connection = self.server.migrator(self.desired)

    def leave(self) -> None:
        """Release the databases: a worker prepares those of the next command in the background."""
        self.desired_connection.close()
        self.clone_connection.close()
        if not preload.defer(self._prepare):
            self.server.discard(self.desired, self.clone)

    def _prepare(self) -> None:
        """Spares of what the next command compares: the platform, the history as it is now, and as it was, for a
        migration that is thrown away and generated again."""
        histories = [self.current]
        adopted = self._adopted()
        if adopted is not None:
            histories.insert(0, adopted)
        with self.server.admin() as connection:
            if not self.fate.altered:
                clone_pool.give_back(connection, self.current, self.clone)
            for template in (self.platform, *histories):
                clone_pool.make(connection, template)
        self.server.drop(self.desired)
        self.server.drop(self.clone)

    def _adopted(self) -> str | None:
        if not self.fate.files:
            return None
        from supabase_tasks.diff import reader

        name = postgres.template_name(self.server, self.settings, self.fate.files)
        with self.server.migrator(self.clone) as connection:
            reader.cached(_catalog_path(self.server, name), connection)
        postgres.adopt(self.server, self.settings, self.fate.files, self.clone)
        return name


class CancelledError(Exception):
    """The databases are no longer needed."""


def make(
    settings: Settings, files: Sequence[MigrationFile], cancelled: threading.Event, *, idle: bool = False
) -> Workspace:
    """The databases for a comparison with `files`; the history is read at once where this process is `idle` meanwhile.

    Raises `MigrationError`, `DatabaseError`, and `CancelledError` when `cancelled` was set.
    """
    server = postgres.shadow(settings)
    current = postgres.history_template(server, settings, files)
    if cancelled.is_set():
        raise CancelledError
    platform = postgres.platform_template(server, settings)
    desired, clone = clone_pool.clones(server, platform, current)
    try:
        desired_connection, clone_connection = server.migrator(desired), server.migrator(clone)
        kept = _kept(server, current, clone_connection)
        reading = BackgroundTask(lambda: _read(settings, kept, clone_connection)) if idle else None
        ran = None if cancelled.is_set() else _run_ahead(server, settings, desired_connection)
    except BaseException:
        server.discard(desired, clone)
        raise
    return Workspace(
        settings, server, platform, current, kept, desired, clone, desired_connection, clone_connection, ran, reading
    )


def _run_ahead(
    server: postgres.Server, settings: Settings, desired_connection: psycopg.Connection[Any]
) -> list[Statement] | None:
    from supabase_tasks.errors import ModelsError
    from supabase_tasks.models import desired, speculation

    statements = speculation.predict(_statements_path(server, settings))
    if not statements:
        return None
    desired.lay_baseline(desired_connection, settings)
    try:
        desired.apply(desired_connection, statements)
    except ModelsError:
        # The models may have been corrected since; on the baseline all of them can still be built.
        return []
    return statements


def _kept(server: postgres.Server, current: str, clone_connection: psycopg.Connection[Any]) -> Path:
    """Where the catalog of the history is kept: a template never changes, so it is read once."""
    from supabase_tasks.diff import reader

    path = _catalog_path(server, current)
    if not path.exists():
        reader.cached(path, clone_connection)
    return path


def _read(settings: Settings, kept: Path, clone_connection: psycopg.Connection[Any]) -> Snapshot:
    from supabase_tasks.diff import reader
    from supabase_tasks.diff.catalog.scope import Scope

    return reader.snapshot_of(reader.cached(kept, clone_connection), Scope(settings.ignore))


def _statements_path(server: postgres.Server, settings: Settings) -> Path:
    return server.folder / "statements" / digest(settings.models or "", *settings.baseline)[:16]


def _catalog_path(server: postgres.Server, template: str) -> Path:
    from supabase_tasks.diff import reader

    return reader.cache_path(server.folder / "catalogs", template)
