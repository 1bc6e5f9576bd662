"""What has to be right before models are compared with anything: a project that names them, and tables that are all there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import api_schemas, command_line, wording
from supabase_tasks.errors import ModelsError, SettingsError
from supabase_tasks.settings import Settings, no_project

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.models.summary import ModelSummary

# Fewer tables than this can be lost without a second thought; above it, half of them gone is a broken import.
_FEW_TABLES = 3
ALLOW_LOST_TABLES = "lost-tables"


def require_models(settings: Settings) -> str:
    """The name of the models' module. Raises `SettingsError` when none is configured."""
    if not settings.models:
        if (elsewhere := project_below(settings.root)) is not None:
            here = command_line.again() or "inv schema-generate"
            raise SettingsError(
                f"there is no project in this folder, but there is one in {elsewhere}",
                next_step=f"{command_line.join('cd', elsewhere)} && {here}",
                code="no-project",
            )
        if not (settings.root / "pyproject.toml").exists():
            raise no_project(settings.root)
        raise SettingsError(
            "no models are configured",
            cause="[tool.supabase-tasks] models in pyproject.toml names the module that holds them",
            next_step="supabase-tasks init",
        )
    return settings.models


def project_below(folder: Path) -> str | None:
    """The one project in a folder directly below `folder`; None when there is none, or more than one."""
    from supabase_tasks.adopt import place

    found = [path.parent.name for path in sorted(folder.glob("*/pyproject.toml")) if place.has_settings(path.parent)]
    return found[0] if len(found) == 1 else None


def refuse_lost_tables(current: Snapshot, models: ModelSummary) -> None:
    """Raises `ModelsError` when more than half of the history's tables are missing from the models: then a module is
    not imported, rather than a schema deleted."""
    there = [f"{table.schema}.{table.name}" for table in current.of("table") if table.bound is None]
    lost = [name for name in there if name not in models.tables]
    if len(there) > _FEW_TABLES and len(lost) * 2 > len(there):
        raise ModelsError(
            f"the models have lost {len(lost)} of the {wording.count(len(there), 'table')} that the migrations have",
            cause="missing: " + ", ".join(lost[:10]) + (" …" if len(lost) > 10 else ""),
            next_step="import their modules",
            others=(command_line.with_options(("--allow", ALLOW_LOST_TABLES), "inv schema-generate"),),
            code="lost-tables",
            data={"lost": lost, "tables": len(there)},
        )


def refuse_missing_schemas(settings: Settings, connections: Sequence[psycopg.Connection[Any]]) -> None:
    """Raises `SettingsError` for a schema that the API is to serve and that none of the databases behind `connections` has."""
    if api_schemas.may_be_missing(settings):
        query = "SELECT nspname FROM pg_catalog.pg_namespace"
        api_schemas.refuse_missing(settings, {row[0] for one in connections for row in one.execute(query)})
