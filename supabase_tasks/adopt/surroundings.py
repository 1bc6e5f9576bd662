"""What a repository already has: git, nx, a package manager, CI, an Alembic history, migrations of its own."""

from __future__ import annotations

import configparser
import json
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Ci = Literal["github", "gitlab", "none"]
_MANAGERS = (("uv.lock", "uv"), ("poetry.lock", "poetry"), ("pdm.lock", "pdm"), ("requirements.txt", "requirements"))
_NODE_LOCKS = (("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lock", "bun"), ("bun.lockb", "bun"))
_TIMESTAMP = re.compile(r"^[0-9]{14}_.*\.sql$")


@dataclass(frozen=True, slots=True)
class Alembic:
    """An Alembic history: the folder with env.py and how many revisions it holds."""

    folder: Path
    revisions: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was found around `root`. `nx` is the workspace's folder; `python` and `node` name the package managers."""

    root: Path
    repository: Path
    git: bool
    nx: Path | None
    python: str
    node: str
    ci: Ci
    alembic: Alembic | None
    migrations: int
    timestamps: bool


def look(root: Path, supabase: Path) -> Surroundings:
    """What the repository that holds `root` has. Reads file names and small files only."""
    repository = _upwards(root, ".git") or root
    folders = [folder for folder in (root, *root.parents) if folder.is_relative_to(repository)]
    names = _migration_names(supabase / "migrations")
    return Surroundings(
        root=root,
        repository=repository,
        git=(repository / ".git").exists(),
        nx=next((folder for folder in folders if _is_nx(folder)), None),
        python=_first(folders, _MANAGERS, "pip"),
        node=_first(folders, _NODE_LOCKS, "npm"),
        ci=_ci(repository),
        alembic=_alembic(root),
        migrations=len(names),
        timestamps=bool(names) and all(_TIMESTAMP.match(name) for name in names),
    )


def _upwards(start: Path, name: str) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / name).exists()), None)


def _first(folders: list[Path], marks: tuple[tuple[str, str], ...], default: str) -> str:
    return next((name for folder in folders for mark, name in marks if (folder / mark).is_file()), default)


def _is_nx(folder: Path) -> bool:
    if (folder / "nx.json").is_file():
        return True
    try:
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
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


def _script_locations(root: Path) -> list[Path]:
    told: list[str] = []
    parser = configparser.RawConfigParser()
    try:
        parser.read(root / "alembic.ini", encoding="utf-8")
        told.append(parser.get("alembic", "script_location"))
    except (configparser.Error, UnicodeDecodeError):
        pass
    try:
        tool = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("tool", {})
        told.append(tool.get("alembic", {}).get("script_location", ""))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError):
        pass
    named = [root / text.replace("%(here)s/", "").replace("%(here)s", ".") for text in told if text]
    return [*named, root / "alembic", root / "migrations"]


def _migration_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("[0-9]*_*.sql")) if folder.is_dir() else []
