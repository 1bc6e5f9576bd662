"""What a check of function bodies found, in the JSON shape of the Supabase CLI's `db lint`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. `line` counts from the line of the opening quote of the body; `position` is 1-based in `query`."""

    level: Level
    message: str
    sqlstate: str
    line: int | None = None
    statement: str | None = None
    query: str | None = None
    position: int | None = None
    hint: str | None = None
    detail: str | None = None
    context: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The issue as `supabase db lint` prints it (2.122.1 and 3.1.0): numbers are texts; absent is left out."""
        return {
            "level": self.level,
            "message": self.message,
            **({"statement": {"lineNumber": str(self.line), "text": self.statement}} if self.statement else {}),
            **({"query": {"position": str(self.position or 0), "text": self.query}} if self.query else {}),
            **{key: value for key, value in self._parts() if value},
            "sqlState": self.sqlstate,
        }

    def _parts(self) -> tuple[tuple[str, str | None], ...]:
        return ("hint", self.hint), ("detail", self.detail), ("context", self.context)


@dataclass(frozen=True, slots=True)
class CheckedFunction:
    """A function (`schema.name`), its issues, and how many of its expressions could not be judged."""

    name: str
    issues: tuple[Issue, ...]
    expressions: int = 0
    skipped: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"function": self.name, "issues": [issue.as_json() for issue in self.issues]}


@dataclass(frozen=True, slots=True)
class BodyReport:
    """Every function that was looked at, sorted by name."""

    functions: tuple[CheckedFunction, ...]

    @property
    def with_issues(self) -> tuple[CheckedFunction, ...]:
        return tuple(function for function in self.functions if function.issues)
