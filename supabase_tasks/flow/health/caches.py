"""Where our state lies and how large it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from supabase_tasks import postgres, state_dir
from supabase_tasks.flow.health.finding import Finding
from supabase_tasks.flow.health.running import STOP_ALL
from supabase_tasks.settings import Settings

AREA = "cache"
_UNITS = ("B", "KiB", "MiB", "GiB")
# A second's work on a slow disk: a cache that holds the state of hundreds of projects has a million files.
_MOST_FILES = 30_000
_SHOWN = 3


def check(settings: Settings) -> Iterator[Finding]:
    """The cache folder, this project's part of it and each folder in that."""
    root = state_dir.state_root()
    existing = next(path for path in (root, *root.parents) if path.exists())
    if not os.access(existing, os.W_OK):
        fix = f"make {root} writable, or export {state_dir.ROOT_VARIABLE}=<folder>"
        yield Finding(AREA, "folder", f"{root} cannot be written", "problem", fix)
        return
    yield Finding(AREA, "folder", f"{root}  {size(root)}")
    project = state_dir.project_folder(settings)
    yield Finding(AREA, "this project", f"{project.name}  {size(project)}")
    if project.is_dir():
        for folder in sorted(path for path in project.iterdir() if path.is_dir()):
            yield Finding(AREA, f"  {folder.name}", size(folder))
    yield from _gone_projects()


def _gone_projects() -> Iterator[Finding]:
    found = postgres.find_gone()
    if found:
        rows = any(project.has_rows for project in found)
        fix = f"{STOP_ALL} --gone: their local databases too" if rows else STOP_ALL
        shown = ", ".join(str(project.root) for project in found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        yield Finding(AREA, "projects gone", f"state of {len(found)} whose folder is gone: {shown}", "note", fix)


def size(folder: Path) -> str:
    """What the files below `folder` take, in binary units ("more than …" where they are too many to count); hard links
    and files that are removed meanwhile count as they come."""
    counted = list(islice(_file_sizes(folder), _MOST_FILES + 1))
    total, more = float(sum(counted)), "more than " if len(counted) > _MOST_FILES else ""
    for unit in _UNITS:
        if total < 1024 or unit == _UNITS[-1]:
            return f"{more}{total:.0f} {unit}" if unit == "B" else f"{more}{total:.1f} {unit}"
        total /= 1024
    raise AssertionError("unreachable")


def _file_sizes(folder: Path) -> Iterator[int]:
    seen: set[int] = set()
    for here, _, names in os.walk(folder, onerror=lambda error: None):
        for name in names:
            try:
                facts = (Path(here) / name).lstat()
            except OSError:
                continue
            if facts.st_ino not in seen:
                seen.add(facts.st_ino)
                yield facts.st_size
