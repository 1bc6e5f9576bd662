"""Importing the author's models."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from supabase_tasks import api_schemas, library_messages
from supabase_tasks.alembic_folder import holds_alembic
from supabase_tasks.errors import ModelsError
from supabase_tasks.models import bytecode, evidence, passed_over, preimported, validators
from supabase_tasks.models.collect import collect_models, own_tables
from supabase_tasks.models.declaration import Models
from supabase_tasks.models.import_errors import import_error
from supabase_tasks.models.import_trace import ImportTrace
from supabase_tasks.models.import_watch import continue_trace
from supabase_tasks.models.language.base import registered_in
from supabase_tasks.models.merging import merge
from supabase_tasks.models.metadata import found_metadata
from supabase_tasks.models.sql_files import read_folder
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import MetaData

# What a folder of Alembic's has, models in the same one aside.
_SCRIPTS = frozenset(("env", "versions"))


def load(settings: Settings) -> Models:
    """The models of the settings' module and of every module inside it, with the SQL folder's statements.

    Imports them with the project's root first on `sys.path`, watched by the `ImportTrace` of this thread where there
    is one. Raises `ModelsError` with file and line for an import
    that fails, for models without a table, and for everything that `collect` refuses; `SettingsError` for a bad
    config.toml.
    """
    name = settings.models
    if not name:
        raise ModelsError("no models are configured", next_step='set models = "app.db.schema" in [tool.supabase-tasks]')
    with continue_trace(settings.root) as trace:
        return _load(settings, name, trace)


def _load(settings: Settings, name: str, trace: ImportTrace) -> Models:
    before = set(sys.modules)
    with (
        _printing_apart(),
        library_messages.hold_warnings("SAWarning"),
        bytecode.ignore_stale_bytecode(),
        validators.defer_validators(name, settings.root),
        preimported.note_imports(evidence.imported_before(trace), name, trace),
    ):
        try:
            modules = list(_import_all(name, settings, trace))
        finally:
            library_messages.quiet_libraries()
    project = _project_modules(name, before, trace)
    found = found_metadata([*modules, *project.values()], settings.metadata, partial(settings.place, "metadata"))
    metadata = merge(found, trace.tables)
    if not own_tables(metadata):
        raise _no_table(settings, name, metadata, trace)
    statements = read_folder(settings.sql) if settings.sql is not None else []
    models = collect_models(
        metadata,
        [*registered_in(project), *statements],
        exposed_schemas=api_schemas.names(settings),
        origins=trace.tables,
        files=sorted({*project, *evidence.own_modules(), *trace.opened, *_sql_files(settings)}),
        environment=sorted(trace.variables),
    )
    return replace(models, untracked_inputs=evidence.untracked_inputs(trace))


def _no_table(settings: Settings, name: str, metadata: MetaData, trace: ImportTrace) -> ModelsError:
    """What the module has instead is named."""
    views = tuple(passed_over.views(Models(metadata, origins=trace.tables)))
    what = "a table with rows of its own" if views else "a table"
    unseen = f"no MetaData, declarative Base or SQLModel class with {what} was found in it or in its submodules"
    return ModelsError(
        f"{settings.place('models')}{name} declares no table",
        cause="\n".join([*views, unseen]),
        next_step="[tool.supabase-tasks] models must name the module (or package) that holds the models",
        code="no-models",
    )


@contextmanager
def _printing_apart() -> Iterator[None]:
    """What the models, their libraries or programs that they start print goes to standard error: standard output belongs to
    the task's own result."""
    with redirect_stdout(sys.stderr), _second_stream_for_both():
        yield


@contextmanager
def _second_stream_for_both() -> Iterator[None]:
    """The same for what does not go through `sys.stdout`: another language's code, a program that is started."""
    try:
        kept = os.dup(1)
        os.dup2(2, 1)
    except OSError:
        # One of them is closed: there is nothing to keep apart.
        yield
        return
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _sql_files(settings: Settings) -> list[Path]:
    return sorted(settings.sql.rglob("*.sql")) if settings.sql is not None else []


def _import_all(name: str, settings: Settings, trace: ImportTrace) -> Iterator[ModuleType]:
    if str(settings.root) not in sys.path:
        sys.path.insert(0, str(settings.root))
    importlib.invalidate_caches()
    module = _import(name, settings, trace)
    yield module
    folders = list(getattr(module, "__path__", ()))
    for found in pkgutil.iter_modules(folders):
        # Alembic's scripts are run by Alembic alone: its env.py would migrate a database.
        alembic = any(_belongs_to_alembic(Path(folder), found.name) for folder in folders)
        if found.name != "__main__" and not alembic:
            yield from _import_all(f"{name}.{found.name}", settings, trace)


def _belongs_to_alembic(folder: Path, name: str) -> bool:
    """Whether the module `name` in `folder` is, or holds, a history's scripts."""
    return holds_alembic(folder / name) or (name in _SCRIPTS and holds_alembic(folder))


def _import(name: str, settings: Settings, trace: ImportTrace) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModelsError:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise import_error(name, settings, trace, error) from error


def _project_modules(name: str, before: set[str], trace: ImportTrace) -> dict[Path, ModuleType]:
    """The project's own modules that the models consist of: those of the package, and those that came with it."""
    top = name.partition(".")[0]
    found: dict[Path, ModuleType] = {}
    for module_name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is None or (module_name in before and module_name.partition(".")[0] != top):
            continue
        if trace.owns(Path(file)):
            found[Path(file)] = module
    return found
