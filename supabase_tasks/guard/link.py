"""What `supabase link` leaves in `supabase/.temp`: which project this folder means, its name and its pooler."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

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
    """The project that the folder is linked to, or None."""
    folder = _folder(settings)
    ref = _text(folder / _REF)
    if not ref:
        return None
    return Link(ref, _name(folder / _PROJECT, ref), _text(folder / _POOLER) or None)


@contextmanager
def kept(settings: Settings) -> Iterator[None]:
    """Puts the link back as it was found: a push to production must not leave the folder linked to production."""
    folder = _folder(settings)
    before = {path: path.read_text(encoding="utf-8") for path in _files(folder)}
    try:
        yield
    finally:
        for path in _files(folder):
            if path not in before:
                path.unlink()
        for path, text in before.items():
            if _text(path) != text.strip():
                write_atomic(path, text)


def _folder(settings: Settings) -> Path:
    return settings.supabase / ".temp"


def _files(folder: Path) -> list[Path]:
    return [path for name in (_REF, _POOLER, _PROJECT) if (path := folder / name).is_file()]


def _text(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8").strip()
    return ""


def _name(path: Path, ref: str) -> str | None:
    try:
        known = json.loads(_text(path) or "{}")
    except ValueError:
        return None
    return known.get("name") if isinstance(known, dict) and known.get("ref") == ref else None
