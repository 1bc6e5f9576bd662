"""One line of the doctor's report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from supabase_tasks.errors import TaskError

Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: `value` is what to show (never a secret), `fix` the command or edit that mends a problem.

    A note is worth knowing and no fault: a program that only some tasks need, a target that is not set up here.
    """

    area: str
    name: str
    value: str
    level: Level = "ok"
    fix: str | None = None


def failure(area: str, name: str, error: TaskError) -> Finding:
    """A failure as a finding."""
    text = error.message if not error.cause else f"{error.message} ({error.cause.splitlines()[0]})"
    return Finding(area, name, text, "problem", error.next_step)
