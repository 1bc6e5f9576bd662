"""Both sides of the comparison on the project's shadow server: the replayed history and the models as a database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import command_line, interpreter, postgres, progress
from supabase_tasks.background import BackgroundTask
from supabase_tasks.errors import ModelsError, SettingsError
from supabase_tasks.flow.schema import workspace
from supabase_tasks.flow.schema.workspace import Workspace
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.diff.proof.dump import Entry
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.models.inputs import Inputs
    from supabase_tasks.models.summary import ModelSummary

# Fewer tables than this can be lost without a second thought; above it, half of them gone is a broken import.
_FEW_TABLES = 3
ALLOW_LOST_TABLES = "lost-tables"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides: `workspace.desired` holds what the models declare, `workspace.clone` the replayed `files`.

    The clone may be altered: planning tries renames out in it and rolls them back, the proof applies the migration to it.
    `seen` is what the models rest on."""

    workspace: Workspace
    files: tuple[MigrationFile, ...]
    models: ModelSummary
    seen: Inputs


def require_models(settings: Settings) -> str:
    """The name of the models' module. Raises `SettingsError` when none is configured."""
    if not settings.models:
        if (elsewhere := below(settings.root)) is not None:
            here = command_line.again() or "inv schema-generate"
            raise SettingsError(
                f"there is no project in this folder, but there is one in {elsewhere}",
                next_step=f"{command_line.join('cd', elsewhere)} && {here}",
                code="no-project",
            )
        if not (settings.root / "pyproject.toml").exists():
            raise SettingsError(
                f"there is no project in {settings.root}",
                cause="no pyproject.toml with [tool.supabase-tasks] in this folder or above it",
                next_step="supabase-tasks init",
                code="no-project",
            )
        raise SettingsError(
            "no models are configured",
            cause="[tool.supabase-tasks] models in pyproject.toml names the module that holds them",
            next_step="supabase-tasks init",
        )
    return settings.models


def below(folder: Path) -> str | None:
    """The one project in a folder directly below `folder`; None when there is none, or more than one."""
    found = [path.parent.name for path in sorted(folder.glob("*/pyproject.toml")) if _has_settings(path)]
    return found[0] if len(found) == 1 else None


def _has_settings(path: Path) -> bool:
    try:
        return "[tool.supabase-tasks" in path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


@contextmanager
def open_comparison(settings: Settings, known: Mapping[str, str] | None = None) -> Iterator[Comparison]:
    """Both sides, ready to be compared; all but `current` is dropped afterwards. `known` has digests of files by path.

    The history is replayed, copied and read while the models are imported. Raises `ModelsError`, `MigrationError`,
    `DatabaseError`.
    """
    from supabase_tasks.models import loader

    require_models(settings)
    known = known or {}
    files = ledger.read(settings, known)
    postgres.install(settings)
    progress.step("importing the models")
    cancelled = threading.Event()
    with interpreter.few_collections(), loader.open_loader(settings, known) as models:
        with interpreter.short_switch_interval():
            making = BackgroundTask(lambda: workspace.make(settings, files, cancelled, idle=models.in_other_process))
            try:
                declared = models.declared()
                _import_what_follows()
                made = making.result()
            except BaseException:
                cancelled.set()
                making.cancel(Workspace.leave)
                raise
        try:
            progress.step("building the models' schema")
            made.build_desired(models.statements(), declared.files)
            yield Comparison(made, files, declared, models.seen())
        finally:
            made.leave()


def _import_what_follows() -> None:
    """What the comparison needs next, while the other thread waits for PostgreSQL; a helper holds all of it."""
    for name in (
        "psycopg",
        "supabase_tasks.diff.plan.build",
        "supabase_tasks.diff.catalog.rows",
        "supabase_tasks.models.speculation",
    ):
        import_module(name)


def refuse_lost_tables(current: Snapshot, models: ModelSummary) -> None:
    """Raises `ModelsError` when more than half of the history's tables are missing from the models: then a module is
    not imported, rather than a schema deleted."""
    there = [f"{table.schema}.{table.name}" for table in current.of("table") if table.bound is None]
    lost = [name for name in there if name not in models.tables]
    if len(there) > _FEW_TABLES and len(lost) * 2 > len(there):
        raise ModelsError(
            f"the models have lost {len(lost)} of the {len(there)} tables that the migrations have",
            cause="missing: " + ", ".join(lost[:10]) + (" …" if len(lost) > 10 else ""),
            next_step="import their modules",
            others=(command_line.extended(("--allow", ALLOW_LOST_TABLES), "inv schema-generate"),),
            code="lost-tables",
            data={"lost": lost, "tables": len(there)},
        )


def refuse_unmodelled(
    settings: Settings, comparison: Comparison, plan: Plan, dumped: Callable[[], Mapping[Entry, str]]
) -> None:
    """Raises `DiffError` (code `unmodelled`) for a plan that is empty though `pg_dump` tells the sides apart; `dumped`
    returns its objects of the desired one."""
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.proof import equality

    ground = comparison.workspace
    scope = Scope(settings.ignore)
    equality.refuse_unmodelled(
        equality.settled(ground.server, plan, ground.clone, ground.desired, scope, dumped),
        "models and migrations",
        "declare them in the sql folder, list them in `ignore` or write them by hand, then: inv schema-generate --custom"
        " --name by_hand",
    )
