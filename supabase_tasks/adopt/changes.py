"""Proposed edits to a repository: shown as unified diffs, then written without losing concurrent edits."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.errors import TaskError
from supabase_tasks.files import write_atomic


@dataclass(frozen=True, slots=True)
class Change:
    """A file to create (`before` is None) or to add to; `reason` is one line for the person who is asked."""

    path: Path
    before: str | None
    after: str
    reason: str

    def diff(self, base: Path) -> str:
        """The change as a unified diff with paths relative to `base`, as `git apply` reads it."""
        name = relative(self.path, base)
        old = [] if self.before is None else self.before.splitlines(keepends=True)
        source = "/dev/null" if self.before is None else f"a/{name}"
        lines = difflib.unified_diff(old, self.after.splitlines(keepends=True), source, f"b/{name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Advice:
    """What a person has to do by hand: a heading and the lines (text or code) to act on."""

    title: str
    text: str


def propose(path: Path, after: str, reason: str) -> Change | None:
    """The change that makes `path` hold `after`; None when it already does."""
    before = read(path)
    return None if before == after else Change(path, before, after, reason)


def read(path: Path) -> str | None:
    """The file's text with its own line ends, None when there is none. Raises `TaskError` for an unreadable one."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise TaskError(f"{path} cannot be read", cause=str(error), code="file-unreadable") from error


def write(changes: Iterable[Change]) -> None:
    """Write all changes. Raises `TaskError` before the first write when a file is no longer what the diff showed."""
    wanted = tuple(changes)
    for change in wanted:
        if read(change.path) != change.before:
            raise TaskError(
                f"{change.path} changed since the diff was shown",
                cause="nothing was written",
                next_step="supabase-tasks init",
                code="file-changed",
            )
    for change in wanted:
        write_atomic(change.path, change.after, exclusive=change.before is None)


def relative(path: Path, base: Path) -> str:
    """`path` as seen from `base`, with forward slashes."""
    return os.path.relpath(path, base).replace(os.sep, "/")
