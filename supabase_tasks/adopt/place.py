"""Which folder is the project to adopt, and where its supabase/ folder lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from supabase_tasks import settings
from supabase_tasks.adopt import managers
from supabase_tasks.adopt.changes import read

_PROJECT_TABLES = frozenset({"project", "build-system", "dependency-groups"})
_PROJECT_TOOLS = frozenset(
    {"poetry", "pdm", "hatch", "rye", "pixi", "uv", "setuptools", "flit", "maturin", "alembic", "supabase-tasks"}
)
_OLDER_MARKS = ("setup.py", "Pipfile", "alembic.ini", "manage.py")


def project_root(start: Path) -> Path:
    """The project folder: the one with our settings, else the nearest that holds a Python project, else `start`.

    Never above the git repository that `start` lies in.
    """
    here = start.resolve()
    folders = tuple(up_to_repository(here)) if any((f / ".git").exists() for f in (here, *here.parents)) else (here,)
    told = next((folder for folder in folders if has_settings(folder)), None)
    return told or next((folder for folder in folders if is_project(folder)), here)


def is_project(folder: Path) -> bool:
    """Whether a folder holds a Python project: a pyproject.toml that says more than how to lint, or what projects had
    before there was one."""
    older = any((folder / name).is_file() for name in _OLDER_MARKS) or any(folder.glob("requirements*.txt"))
    return older or _has_project_file(folder)


def _has_project_file(folder: Path) -> bool:
    return (folder / "pyproject.toml").is_file() and _says_more_than_lint(managers.pyproject(folder))


def _says_more_than_lint(document: Mapping[str, object]) -> bool:
    tools = document.get("tool")
    named = set(tools) if isinstance(tools, Mapping) else set()
    # An empty file was put there to mark the folder.
    return not document or bool(document.keys() & _PROJECT_TABLES) or bool(named & _PROJECT_TOOLS)


def up_to_repository(start: Path) -> Iterator[Path]:
    """`start` and the folders above it, up to the root of its git repository."""
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return


def has_settings(folder: Path) -> bool:
    """Whether the folder's own pyproject.toml has our section (a broken one has not: reading it later says why)."""
    return "[tool.supabase-tasks]" in (read(folder / "pyproject.toml") or "")


def current(root: Path) -> settings.Settings | None:
    """The settings the project already has, None before its adoption. Raises `SettingsError` when they are wrong."""
    return settings.load(root) if has_settings(root) else None


def supabase_folder(root: Path) -> Path:
    """Where supabase/ is: as set, else the nearest with a config.toml inside the repository, else below `root`."""
    known = current(root)
    if known is not None:
        return known.supabase
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return root / "supabase"
    held = (folder / "supabase" for folder in up_to_repository(root) if (folder / "supabase" / "config.toml").is_file())
    return next(held, root / "supabase")


def owner(file: Path, root: Path) -> Path:
    """The project folder below (or at) `root` that a source file belongs to: the nearest with a
    pyproject.toml of a project."""
    return next((f for f in file.parents if f.is_relative_to(root) and _has_project_file(f)), root)
