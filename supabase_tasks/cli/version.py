"""The CLI's version: reading it, remembering it, and the oldest one that works."""

from __future__ import annotations

import json
import re
from pathlib import Path

from supabase_tasks.cli import answers
from supabase_tasks.errors import CliError
from supabase_tasks.settings import DEFAULT_CLI

# The oldest release whose npm package holds the native binary and knows every command used here.
MINIMUM = (2, 100, 0)
_VERSION = re.compile(r"(?<![\d.])(\d+)\.(\d+)\.(\d+)(?![\d.])")
INSTALL = f"npm install --save-dev supabase@{DEFAULT_CLI}"
Version = tuple[int, int, int]


def parse(text: str) -> Version | None:
    """The first `major.minor.patch` in `text`, or None."""
    match = _VERSION.search(text)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def render(version: Version) -> str:
    return ".".join(map(str, version))


def of(path: Path, remedy: str = INSTALL) -> Version:
    """The version of the CLI at `path`: from its npm package when it lies in one, else by asking it once.

    Raises `CliError` when the program does not answer with a version; `remedy` is its next step.
    """
    packaged = _from_package(path)
    if packaged is not None:
        return packaged
    if (version := parse(answers.recall("versions", path) or "")) is None:
        version = _ask(path, remedy)
        answers.remember("versions", path, render(version))
    return version


def _from_package(path: Path) -> Version | None:
    # <package>/bin/supabase (native) and <package>/dist/supabase.js (Node shim): npm writes the version next to both.
    manifest = path.parent.parent / "package.json"
    try:
        document = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    name = document.get("name", "") if isinstance(document, dict) else ""
    if name != "supabase" and not name.startswith("@supabase/cli-"):
        return None
    return parse(str(document.get("version", "")))


def _ask(path: Path, remedy: str) -> Version:
    done = answers.ask(path, "--version")
    version = parse(done.stdout)
    if done.code != 0 or version is None:
        raise CliError(
            f"{path} failed to run; it may not be the Supabase CLI",
            cause=done.output[-400:] or f"`--version` ended with exit code {done.code} and said nothing",
            next_step=remedy,
            code="cli-broken",
        )
    return version


def require_supported(path: Path, version: Version, remedy: str = INSTALL) -> None:
    """Raises `CliError` when the CLI is older than `MINIMUM`; `remedy` is its next step."""
    if version < MINIMUM:
        raise CliError(
            f"the Supabase CLI {render(version)} at {path} is too old",
            cause=f"{render(MINIMUM)} or newer is needed",
            next_step=remedy,
            code="cli-too-old",
            data={"version": render(version), "minimum": render(MINIMUM), "path": str(path)},
        )
