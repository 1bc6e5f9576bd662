"""The line length that a project's formatter keeps."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from supabase_tasks.flow.importing.source import LIMIT


def of(root: Path) -> int:
    """`line-length` of the nearest configuration of ruff or black at or above `root`; their default where none says one."""
    for folder in (root, *root.parents):
        for found in (_read(folder / ".ruff.toml"), _read(folder / "ruff.toml"), *_tools(folder / "pyproject.toml")):
            length = found.get("line-length")
            if isinstance(length, int) and 40 <= length <= 320:
                return length
        if (folder / ".git").exists():
            break
    return LIMIT


def _tools(path: Path) -> list[dict[str, Any]]:
    tool = _read(path).get("tool", {})
    return [tool[name] for name in ("ruff", "black") if isinstance(tool, dict) and isinstance(tool.get(name), dict)]


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
