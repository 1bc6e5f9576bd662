"""What a repository already has: git, nx, a package manager, CI, an Alembic history, migrations of its own."""

from __future__ import annotations

import configparser
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from supabase_tasks.adopt import managers
from supabase_tasks.adopt.interpreters import python_version
from supabase_tasks.adopt.managers import Manager
from supabase_tasks.adopt.scan import folders as source_folders
from supabase_tasks.alembic_folder import holds_alembic

Ci = Literal["github", "gitlab", "none"]
_NODE_LOCKS = (("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lock", "bun"), ("bun.lockb", "bun"))
_TIMESTAMP = re.compile(r"^[0-9]{14}_.*\.sql$")


@dataclass(frozen=True, slots=True)
class Alembic:
    """An Alembic history: the folder with env.py and how many revisions it holds."""

    folder: Path
    revisions: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was found around `root`. `nx` is the workspace's folder; `python` is the package manager, `plugin`
    whether one of its files names supabase-tasks already, `python_version`
    the Python for CI, `node` the name of Node's package manager; `supabase` the supabase/ folder."""

    root: Path
    repository: Path
    supabase: Path
    git: bool
    nx: Path | None
    python: Manager
    plugin: bool
    python_version: str
    node: str
    ci: Ci
    alembic: Alembic | None
    migrations: int
    timestamps: bool


def look(root: Path, supabase: Path) -> Surroundings:
    """What the repository that holds `root` has. Reads file names and small files only."""
    repository = repository_of(root)
    folders = _folders_up(root)
    names = _migration_names(supabase / "migrations")
    return Surroundings(
        root=root,
        repository=repository,
        supabase=supabase,
        git=(repository / ".git").exists(),
        nx=nx_workspace(root),
        python=managers.manager_of(folders),
        plugin=any(managers.names_plugin(folder) for folder in folders),
        python_version=python_version(folders),
        node=_first(folders, _NODE_LOCKS, "npm"),
        ci=_ci(repository),
        alembic=_alembic(root),
        migrations=len(names),
        timestamps=bool(names) and all(_TIMESTAMP.match(name) for name in names),
    )


def repository_of(root: Path) -> Path:
    """The git repository that holds `root`, else `root` itself."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def nx_workspace(root: Path) -> Path | None:
    """The nearest folder of `root`'s repository that is an nx workspace."""
    return next((folder for folder in _folders_up(root) if _is_nx(folder)), None)


def _folders_up(root: Path) -> list[Path]:
    repository = repository_of(root)
    return [folder for folder in (root, *root.parents) if folder.is_relative_to(repository)]


def _first(folders: list[Path], marks: tuple[tuple[str, str], ...], default: str) -> str:
    return next((name for folder in folders for mark, name in marks if (folder / mark).is_file()), default)


def _is_nx(folder: Path) -> bool:
    if (folder / "nx.json").is_file():
        return True
    try:
        package = json.loads((folder / "package.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False
    groups = (package.get("devDependencies"), package.get("dependencies")) if isinstance(package, dict) else ()
    return any(isinstance(group, dict) and "nx" in group for group in groups)


def _ci(repository: Path) -> Ci:
    if (repository / ".gitlab-ci.yml").is_file():
        return "gitlab"
    remote = ""
    with suppress(OSError):
        remote = (repository / ".git" / "config").read_text(encoding="utf-8")
    return "github" if (repository / ".github").is_dir() or "github.com" in remote else "none"


def _alembic(root: Path) -> Alembic | None:
    for script in _script_locations(root):
        versions = script / "versions"
        if (script / "env.py").is_file():
            found = [path for path in versions.glob("*.py") if path.name != "__init__.py"] if versions.is_dir() else []
            return Alembic(script, len(found))
    return None


def _script_locations(root: Path) -> Iterator[Path]:
    """Alembic's folders, as alembic.ini and pyproject.toml of the project folder say first, then by the same files and
    by their template anywhere below it."""
    if text := _of_ini(root / "alembic.ini"):
        yield root / text
    if text := _of_pyproject(root):
        yield root / text
    yield from (root / "alembic", root / "migrations")
    for folder, names in source_folders(root):
        if "alembic.ini" in names and (text := _of_ini(folder / "alembic.ini")):
            yield folder / text
        if holds_alembic(folder):
            yield folder


def _of_ini(path: Path) -> str:
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
        return _here(parser.get("alembic", "script_location"))
    except (configparser.Error, UnicodeDecodeError):
        return ""


def _of_pyproject(root: Path) -> str:
    tool = managers.pyproject(root).get("tool")
    section = tool.get("alembic") if isinstance(tool, dict) else None
    told = section.get("script_location") if isinstance(section, dict) else None
    return _here(told) if isinstance(told, str) else ""


def _here(text: str) -> str:
    return text.replace("%(here)s/", "").replace("%(here)s", ".")


def _migration_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("[0-9]*_*.sql")) if folder.is_dir() else []
