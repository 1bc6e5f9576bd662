"""What `supabase link` leaves in `supabase/.temp`: which project a folder means, its name and its pooler.

The project's own link is only read, never written: hosted changes link a folder of their own (`guard.workdir`).
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import state_dir
from supabase_tasks.errors import TaskError
from supabase_tasks.files import write_atomic
from supabase_tasks.settings import Settings

# Files as written by 2.122.1 and 3.1.0; older releases write no linked-project.json.
_REF, _POOLER, _PROJECT = "project-ref", "pooler-url", "linked-project.json"


@dataclass(frozen=True, slots=True)
class Link:
    """The linked project: its ref, its name and its pooler's URL (without a password), where the CLI noted them."""

    ref: str
    name: str | None
    pooler_url: str | None


def read(settings: Settings) -> Link | None:
    """What the project itself is linked to, or None."""
    return in_folder(settings.supabase)


def remember(settings: Settings, known: Link | None) -> None:
    """Keep the project's name for tasks that do not link."""
    if known and known.name:
        kept = {**_names(settings), known.ref: known.name}
        with suppress(TaskError):
            write_atomic(_names_file(settings), json.dumps(kept), private=True)


def known_name(settings: Settings, ref: str) -> str | None:
    """The name of the project, as the last link told it."""
    return _names(settings).get(ref)


def _names(settings: Settings) -> dict[str, str]:
    try:
        found = json.loads(_text(_names_file(settings)) or "{}")
    except (ValueError, RecursionError):
        return {}
    return {ref: name for ref, name in found.items() if isinstance(name, str)} if isinstance(found, dict) else {}


def _names_file(settings: Settings) -> Path:
    return state_dir.project_folder(settings) / "project-names.json"


def in_folder(supabase: Path) -> Link | None:
    """What a `supabase` folder is linked to, or None. What cannot be read counts as absent."""
    folder = supabase / ".temp"
    ref = _text(folder / _REF)
    if not ref:
        return None
    return Link(ref, _name(folder / _PROJECT, ref), _text(folder / _POOLER) or None)


def _text(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        # A pipe or a device would never end.
        return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    return ""


def _name(path: Path, ref: str) -> str | None:
    try:
        known = json.loads(_text(path) or "{}")
    except (ValueError, RecursionError):
        return None
    name = known.get("name") if isinstance(known, dict) and known.get("ref") == ref else None
    return name if isinstance(name, str) else None
