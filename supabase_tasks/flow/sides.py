"""Both sides of the comparison on the project's shadow server: the replayed history and the realised models."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from supabase_tasks.errors import DiffError, ModelsError, SettingsError
from supabase_tasks.flow import ground
from supabase_tasks.flow.ground import Ground
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.plan import Plan
    from supabase_tasks.diff.snapshot import Snapshot
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.models.declaration import Models

T = TypeVar("T")

# Fewer tables than this can be lost without a second thought; above it, half of them gone is a broken import.
_FEW_TABLES = 3
ALLOW_LOST_TABLES = "lost-tables"
# Enough for cloning what is being cloned; a long replay, or the DDL of a thousand tables, is not waited for.
_ABANDONED_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides: `ground.desired` holds the realised models, `ground.clone` the replayed `files`. The clone may be altered:
    planning tries renames out in it and rolls them back, the proof applies the migration to it."""

    ground: Ground
    files: tuple[MigrationFile, ...]
    models: Models


def require_models(settings: Settings) -> str:
    """The name of the models' module. Raises `SettingsError` when none is configured."""
    if not settings.models:
        raise SettingsError(
            "no models are configured",
            cause="[tool.supabase-tasks] models in pyproject.toml names the module that holds them",
            next_step='inv init  (or set models = "app.db.schema")',
        )
    return settings.models


@contextmanager
def opened(settings: Settings, known: Mapping[str, str] | None = None) -> Iterator[Sides]:
    """Both sides, ready to be compared; all but `current` is dropped afterwards. `known` has digests of files by path.

    The history is replayed, copied and read while the models are imported. Raises `ModelsError`, `MigrationError`,
    `DatabaseError`.
    """
    from supabase_tasks.models import loading

    require_models(settings)
    files = ledger.read(settings, known)
    given_up = threading.Event()
    with _rare_collections():
        with _quick_turns():
            making = Beside(lambda: ground.make(settings, files, given_up))
            try:
                models = loading.load(settings)
                made = making.result()
            except BaseException:
                given_up.set()
                making.abandon(Ground.leave)
                raise
        try:
            made.realise(models)
            yield Sides(made, files, models)
        finally:
            made.leave()


@contextmanager
def _quick_turns() -> Iterator[None]:
    """A thread that speaks to PostgreSQL wants the interpreter often and for a moment only. In turns of 5 ms (the
    default) what takes it 30 ms alone takes 450 ms beside the import of 30 tables, and one of 0.2 ms costs the import
    nothing that could be measured."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Models and snapshots are made and kept: looking for garbage among them took a third of the import of 1,000
    tables (10.7 s against 6.6 s) and found none."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def refuse_lost_tables(current: Snapshot, models: Models) -> None:
    """Raises `ModelsError` when more than half of the history's tables are missing from the models: then a module is
    not imported, rather than a schema deleted."""
    there = [f"{table.schema}.{table.name}" for table in current.of("table") if table.bound is None]
    declared = {f"{table.schema or 'public'}.{table.name}" for table in models.metadata.tables.values()}
    lost = [name for name in there if name not in declared]
    if len(there) > _FEW_TABLES and len(lost) * 2 > len(there):
        raise ModelsError(
            f"the models have lost {len(lost)} of the {len(there)} tables that the migrations have",
            cause="missing: " + ", ".join(lost[:10]) + (" …" if len(lost) > 10 else ""),
            next_step=f"import their modules; if they are really to be dropped: --allow {ALLOW_LOST_TABLES}",
            code="lost-tables",
            data={"lost": lost, "tables": len(there)},
        )


def refuse_unmodelled(plan: Plan) -> None:
    """Raises `DiffError` (code `unmodelled`) for a plan that is empty only because no kind knows what differs."""
    if plan.unmodelled:
        raise DiffError(
            "models and migrations differ in objects that this tool cannot plan",
            cause="\n".join(plan.unmodelled),
            next_step="inv schema-generate --custom --name …  (or declare them in the sql folder, or list them in `ignore`)",
            code="unmodelled",
            data={"unmodelled": list(plan.unmodelled)},
        )


class Beside(Generic[T]):
    """A function that runs in a thread of its own; its error comes with `result`."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._value: list[T] = []
        self._error: list[BaseException] = []
        self._unwanted: Callable[[T], None] | None = None
        self._lock = threading.Lock()
        # Not Thread.join: one that Ctrl-C interrupts takes the thread for ended ever after (CPython 3.11, bpo-45274), and
        # nobody would wait for what it is still making.
        self._ended = threading.Event()
        threading.Thread(target=self._run, args=(work,), daemon=True).start()

    def _run(self, work: Callable[[], T]) -> None:
        try:
            value = work()
            with self._lock:
                self._value.append(value)
                if self._unwanted is not None:
                    self._unwanted(value)
        except BaseException as error:
            self._error.append(error)
        finally:
            self._ended.set()

    def abandon(self, dispose: Callable[[T], None]) -> None:
        """Nobody will ask for the result: give it to `dispose`, now or when it is there; waits a moment for that."""
        with self._lock:
            self._unwanted = dispose
            if self._value:
                dispose(self._value[0])
        self._ended.wait(_ABANDONED_SECONDS)

    def result(self) -> T:
        """What the function returned; waits for it. Raises what it raised."""
        self._ended.wait()
        if self._error:
            raise self._error[0]
        return self._value[0]
