"""The databases under a comparison: the replayed history's copy, read, and an empty platform for the models."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import postgres, preload
from supabase_tasks.background import Beside
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
    """What becomes of the history's copy: `altered` when it no longer is one; `files` when it became, file by file, the
    copy of another history."""

    altered: bool = False
    files: Sequence[MigrationFile] = ()


@dataclass(slots=True)
class Ground:
    """`clone` is a copy of the history template `current`, and `kept` where its catalog is; `desired` is a copy of the
    template `platform`. The connections are a migrator's; `clone` and `desired` go with `leave`."""

    settings: Settings
    server: postgres.Server
    platform: str
    current: str
    kept: Path
    desired: str
    clone: str
    into_desired: psycopg.Connection[Any]
    into_clone: psycopg.Connection[Any]
    # The models' statements that ran already, on the baseline; None when nothing did.
    ran: list[Statement] | None = None
    reading: Beside[Snapshot] | None = None
    fate: Fate = field(default_factory=Fate)

    def history(self) -> Snapshot:
        """What the replayed migrations made."""
        return self.reading.result() if self.reading else _read(self.settings, self.kept, self.into_clone)

    def realise(self, statements: Iterable[Statement], files: Sequence[Path]) -> None:
        """Make `desired` what the models' statements say, which come from `files`. Raises `ModelsError`,
        `MigrationError`."""
        from supabase_tasks.models import desired, speculation

        whole: list[Statement] = []
        if self.ran is None:
            desired.build(self.into_desired, self.settings, statements, whole)
        else:
            whole += statements
            if not self._completed(whole, self.ran):
                self._renew()
                desired.build(self.into_desired, self.settings, whole)
        self.ran = None
        speculation.remember(_statements_path(self.server, self.settings), whole, files)

    def _completed(self, whole: Sequence[Statement], ran: Sequence[Statement]) -> bool:
        """Whether the statements that ran could be made the models' whole."""
        from supabase_tasks.errors import ModelsError
        from supabase_tasks.models import desired, speculation

        left = speculation.rest(ran, whole)
        if left is None:
            return False
        try:
            desired.apply(self.into_desired, left)
        except ModelsError:
            # Refused for what the models say, or for what ran too early: the whole, in order, tells.
            return False
        return not (ran and speculation.ambiguous(self.into_desired))

    def _renew(self) -> None:
        self.into_desired.close()
        self.server.discard(self.desired)
        (self.desired,) = clone_pool.clones(self.server, self.platform)
        self.into_desired = self.server.migrator(self.desired)

    def leave(self) -> None:
        """Let go of the databases: a worker makes the next command's of them when nobody waits for it."""
        self.into_desired.close()
        self.into_clone.close()
        if not preload.afterwards(self._prepare):
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


class GivenUpError(Exception):
    """Nobody wants the databases any more."""


def make(
    settings: Settings, files: Sequence[MigrationFile], given_up: threading.Event, *, idle: bool = False
) -> Ground:
    """The ground for `files`; the history is read at once where this process is `idle` meanwhile.

    Raises `MigrationError`, `DatabaseError`, and `GivenUpError` when `given_up` was set.
    """
    server = postgres.shadow(settings)
    current = postgres.history_template(server, settings, files)
    if given_up.is_set():
        raise GivenUpError
    platform = postgres.platform_template(server, settings)
    desired, clone = clone_pool.clones(server, platform, current)
    try:
        into_desired, into_clone = server.migrator(desired), server.migrator(clone)
        kept = _kept(server, current, into_clone)
        reading = Beside(lambda: _read(settings, kept, into_clone)) if idle else None
        ran = None if given_up.is_set() else _run_ahead(server, settings, into_desired)
    except BaseException:
        server.discard(desired, clone)
        raise
    return Ground(settings, server, platform, current, kept, desired, clone, into_desired, into_clone, ran, reading)


def _run_ahead(
    server: postgres.Server, settings: Settings, into_desired: psycopg.Connection[Any]
) -> list[Statement] | None:
    from supabase_tasks.errors import ModelsError
    from supabase_tasks.models import desired, speculation

    statements = speculation.likely(_statements_path(server, settings))
    if not statements:
        return None
    desired.lay_baseline(into_desired, settings)
    try:
        desired.apply(into_desired, statements)
    except ModelsError:
        # The models may have been corrected since; on the baseline all of them can still be built.
        return []
    return statements


def _kept(server: postgres.Server, current: str, into_clone: psycopg.Connection[Any]) -> Path:
    """Where the catalog of the history is kept: a template never changes, so it is read once."""
    from supabase_tasks.diff import reader

    path = _catalog_path(server, current)
    if not path.exists():
        reader.cached(path, into_clone)
    return path


def _read(settings: Settings, kept: Path, into_clone: psycopg.Connection[Any]) -> Snapshot:
    from supabase_tasks.diff import reader
    from supabase_tasks.diff.catalog.scope import Scope

    return reader.snapshot_of(reader.cached(kept, into_clone), Scope(settings.ignore))


def _statements_path(server: postgres.Server, settings: Settings) -> Path:
    return server.folder / "statements" / digest(settings.models or "", *settings.baseline)[:16]


def _catalog_path(server: postgres.Server, template: str) -> Path:
    from supabase_tasks.diff import reader

    return reader.cache_path(server.folder / "catalogs", template)
