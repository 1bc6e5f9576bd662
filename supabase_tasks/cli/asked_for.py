"""The version of the Supabase CLI that the project's own package.json, or a lock file next to it, asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

NAME = "supabase"
_SECTIONS = ("devDependencies", "dependencies", "optionalDependencies")
# A version or a range of semver; not a tag, a path, `workspace:` or `catalog:`.
_RANGE = re.compile(r"[\^~<>=v]*\d[\w.+ <>=~^|*-]*\Z")
_EXACT = r"(\d+\.\d+\.\d+(?:-[\w.]+)?)"
# pnpm (`supabase@2.1.0:`), yarn 1 and berry (`supabase@…:` and a line `version …`), bun (`["supabase@2.1.0", …`).
_PNPM = re.compile(rf"^\s+['\"/]*supabase[@/]{_EXACT}['\"(:]", re.MULTILINE)
_YARN = re.compile(rf"^\"?supabase@[^\n]*:\n(?:\s+[^\n]*\n)*?\s+version:? \"?{_EXACT}", re.MULTILINE)
_BUN = re.compile(rf"\"supabase@{_EXACT}\"")


def requested_version(root: Path) -> str | None:
    """What npm is to install for the project in `root`: the exact version of a lock file, else the range of a package.json,
    of the project's folder or the nearest one above it. None when nothing asks for the CLI."""
    for folder in (root, *root.parents):
        wanted = _range(folder / "package.json")
        if wanted is not None:
            return _locked_version(folder) or wanted
    return None


def _range(manifest: Path) -> str | None:
    document = _json(manifest)
    for section in _SECTIONS:
        wanted = document.get(section, {}).get(NAME) if isinstance(document.get(section), dict) else None
        if isinstance(wanted, str) and _RANGE.match(wanted):
            return wanted.strip()
    return None


def _locked_version(folder: Path) -> str | None:
    """The version of a lock file in `folder` or, in a workspace, in a folder above it."""
    for place in (folder, *folder.parents):
        for name, read in _LOCKS.items():
            if (place / name).is_file() and (found := read(place / name)):
                return found
    return None


def _npm(path: Path) -> str | None:
    packages = _json(path).get("packages", {})
    entry = packages.get(f"node_modules/{NAME}", {}) if isinstance(packages, dict) else {}
    return entry.get("version") if isinstance(entry, dict) else None


def _by(pattern: re.Pattern[str]) -> Callable[[Path], str | None]:
    def read(path: Path) -> str | None:
        found = next(_matches(pattern, path), None)
        return found[1] if found else None

    return read


def _matches(pattern: re.Pattern[str], path: Path) -> Iterator[re.Match[str]]:
    try:
        yield from pattern.finditer(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return


_LOCKS: Mapping[str, Callable[[Path], str | None]] = {
    "package-lock.json": _npm,
    "npm-shrinkwrap.json": _npm,
    "pnpm-lock.yaml": _by(_PNPM),
    "yarn.lock": _by(_YARN),
    "bun.lock": _by(_BUN),
}


# Whatever JSON somebody wrote.
def _json(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
