"""The project itself: settings, models, migrations, task file, hooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from supabase_tasks import process, supabase_config, wording
from supabase_tasks.adopt import place, surroundings
from supabase_tasks.adopt.changes import read
from supabase_tasks.errors import TaskError
from supabase_tasks.files import from_here
from supabase_tasks.flow.health.finding import Finding, failure
from supabase_tasks.ledger import files
from supabase_tasks.settings import Settings

AREA = "project"
_INIT = "supabase-tasks init"


def check(settings: Settings) -> Iterator[Finding]:
    """What the project folder has of what `init` would propose."""
    yield Finding(AREA, "folder", f"{settings.root}  ({settings.project})")
    if place.has_settings(settings.root):
        yield Finding(AREA, "settings", "[tool.supabase-tasks] in pyproject.toml")
    else:
        yield Finding(AREA, "settings", "pyproject.toml has no [tool.supabase-tasks]", "problem", _INIT)
    yield _config(settings)
    yield _models(settings)
    yield from _sql(settings)
    yield _migrations(settings)
    yield _file(settings.root / "tasks.py", settings.root)
    yield _hooks(settings)


def _import_finding(settings: Settings, shown: str) -> Finding:
    """Whether the models can be imported: every task of the schema begins with that."""
    from supabase_tasks.models import loading

    try:
        loading.load(settings)
    except TaskError as error:
        if error.code == "no-models":
            return Finding(AREA, "models", f"{shown}: {error.message}", "note", error.next_step)
        return failure(AREA, "models", error)
    return Finding(AREA, "models", shown)


def _config(settings: Settings) -> Finding:
    try:
        config = supabase_config.load(settings)
    except TaskError as error:
        return failure(AREA, "config.toml", error)
    schemas = ", ".join(config.api_schemas)
    return Finding(
        AREA, "config.toml", f"{config.project_id}, PostgreSQL {config.major_version}, API schemas {schemas}"
    )


def _models(settings: Settings) -> Finding:
    if not settings.models:
        return Finding(AREA, "models", "no `models` in [tool.supabase-tasks]", "problem", "supabase-tasks init")
    parts = settings.models.split(".")
    for base in (settings.root, settings.root / "src"):
        for path in (base.joinpath(*parts).with_suffix(".py"), base.joinpath(*parts)):
            if path.exists():
                return _import_finding(settings, f"{settings.models}  {from_here(path)}")
    fix = "correct `models` in [tool.supabase-tasks], or install the package that holds it"
    if _is_installed(parts[0]):
        return _import_finding(settings, f"{settings.models}  (an installed package)")
    return Finding(AREA, "models", f"{settings.models} is not in the project folder", "problem", fix)


def _is_installed(package: str) -> bool:
    from importlib.util import find_spec

    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _sql(settings: Settings) -> Iterator[Finding]:
    if settings.sql is None:
        return
    held = wording.count(len(list(settings.sql.rglob("*.sql"))), "file")
    yield Finding(AREA, "sql folder", f"{from_here(settings.sql)}  ({held})")


def _migrations(settings: Settings) -> Finding:
    try:
        found = files.read(settings)
    except TaskError as error:
        return failure(AREA, "migrations", error)
    shown = from_here(settings.migrations)
    if not found:
        return Finding(AREA, "migrations", f"none in {shown}", "note", "inv schema-generate")
    return Finding(AREA, "migrations", f"{len(found)} in {shown}, the last is {found[-1].path.name}")


def _file(path: Path, root: Path) -> Finding:
    if "supabase_tasks" in (read(path) or "") or (root / "tasks").is_dir():
        return Finding(AREA, path.name, "has the tasks")
    return Finding(
        AREA, path.name, "does not have the tasks: only `supabase-tasks …` works, not `inv …`", "note", _INIT
    )


def _hooks(settings: Settings) -> Finding:
    repository = surroundings.repository_of(settings.root)
    if not (repository / ".git").exists():
        return Finding(AREA, "git hooks", "not a git repository", "note", "git init")
    config = repository / ".pre-commit-config.yaml"
    if "migrations-check" not in (read(config) or ""):
        return Finding(AREA, "git hooks", "not in .pre-commit-config.yaml", "note", _INIT)
    hook = repository / ".git" / "hooks" / "pre-commit"
    if not hook.exists():
        install = "pre-commit install" if process.find("pre-commit") else "pip install pre-commit && pre-commit install"
        return Finding(AREA, "git hooks", "configured, not installed", "note", install)
    return Finding(AREA, "git hooks", "configured and installed")
