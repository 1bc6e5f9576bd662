"""Which projects of a repository a hook is about: pre-commit starts it at the top, the project may lie below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from supabase_tasks import child_environment, setting_values
from supabase_tasks import settings as settings_module
from supabase_tasks.process import find, run

_MARKS = ("*pyproject.toml", "*supabase/config.toml")


def projects_of(projects: Sequence[Path], files: Sequence[Path]) -> Mapping[Path, Sequence[Path]]:
    """Project folder → the files in it: `projects` if given, else those that hold `files`, else every project that
    git knows below the current folder (the current folder itself when there is none)."""
    by_root: dict[Path, list[Path]] = {path.resolve(): [] for path in projects}
    for file in files:
        root = settings_module.find_root(file.resolve().parent)
        if not projects or root in by_root:
            by_root.setdefault(root, []).append(file)
    return by_root or dict.fromkeys(_tracked_roots() or [Path.cwd()], ())


def _tracked_roots() -> Sequence[Path]:
    git = find("git")
    if git is None:
        return []
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *_MARKS]
    listed = run(command, keeps=child_environment.GIT, check=False)
    names = [name for name in listed.stdout.split("\0") if name]
    roots = {settings_module.find_root((Path.cwd() / name).parent) for name in names if _ours(Path(name))}
    return sorted(roots)


def _ours(path: Path) -> bool:
    if path.name == "config.toml":
        return True
    return path.is_file() and setting_values.SECTION in path.read_text(encoding="utf-8", errors="replace")
