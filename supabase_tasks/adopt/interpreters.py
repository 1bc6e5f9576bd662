"""The Python that CI is to use, as the project says it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from supabase_tasks.adopt.managers import pyproject

# What this tool runs on.
_MINORS = range(11, 15)
_BOUND = re.compile(r"(>=|<=|>|<|~=|\^|~|===?|!=)?\s*3(?:\.(\d+)(?:\.(\d+|\*))?)?(?:\.\*)?")


def python_version(folders: Iterable[Path]) -> str:
    """`3.12`: what `.python-version` of the nearest of `folders` asks for, else the lowest that pyproject.toml allows
    and this tool runs on, else the Python that runs now."""
    for folder in folders:
        pinned = _pinned_minor(folder / ".python-version")
        if pinned is not None:
            return f"3.{pinned}"
        if (said := _python_requirement(pyproject(folder))) is not None:
            return f"3.{next((minor for minor in _MINORS if _allows(said, minor)), _MINORS[0])}"
    return f"3.{min(max(sys.version_info.minor, _MINORS[0]), _MINORS[-1])}"


def _pinned_minor(path: Path) -> int | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    minors = [int(found) for found in re.findall(r"^\s*(?:cpython-|python-?)?3\.(\d+)", text, re.MULTILINE)]
    return next((minor for minor in minors if minor in _MINORS), None)


def _python_requirement(document: Mapping[str, object]) -> str | None:
    """`requires-python`, or Poetry's own `python`."""
    project = document.get("project")
    if isinstance(project, Mapping) and isinstance(project.get("requires-python"), str):
        return str(project["requires-python"])
    value: object = document
    for key in ("tool", "poetry", "dependencies", "python"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None


def _allows(said: str, minor: int) -> bool:
    """Whether a specifier (`>=3.9,<3.13`, `^3.10`, `~=3.11`, `3.11.*`, alternatives with `||`) allows some 3.`minor`."""
    return any(all(_holds(part, minor) for part in one.split(",") if part.strip()) for one in said.split("||"))


def _holds(bound: str, minor: int) -> bool:
    match = _BOUND.search(bound)
    if match is None or match[2] is None:
        # `>=3`, `<4`, `*`: says nothing between the minors.
        return True
    sign, wanted, patch = match[1] or "==", int(match[2]), match[3]
    if sign in (">=", "^", ">"):
        return minor >= wanted + (sign == ">" and patch is None)
    if sign == "~=":
        # `~=3.11` allows 3.12, `~=3.11.2` does not (PEP 440, compatible release).
        return minor >= wanted if patch is None else minor == wanted
    if sign in ("<", "<="):
        return minor < wanted + (sign == "<=" or patch not in (None, "0", "*"))
    return minor != wanted or patch not in (None, "*") if sign == "!=" else minor == wanted
