"""What a rule is: a name, a severity to begin with, and a function from a history to what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from supabase_tasks.lint.history import History
from supabase_tasks.lint.source import Place

Severity = Literal["error", "warning", "off"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a rule found: where, what is wrong (one line), and what to write instead."""

    place: Place
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `severity` holds unless the settings say otherwise. Its page is docs/lint/<name>.md."""

    name: str
    severity: Severity
    summary: str
    check: Callable[[History], Iterator[Hit]]
