"""What the linter reports: a rule, a severity, a place, what is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`line` and `column` count from 1; `tool` is `supabase-tasks` for our own rules and `squawk` for squawk's."""

    rule: str
    level: Level
    path: Path
    line: int
    column: int
    message: str
    advice: str
    tool: str = "supabase-tasks"

    def as_json(self, root: Path) -> Mapping[str, str | int]:
        """JSON-ready, the file relative to `root` where it lies inside it."""
        return {
            "rule": self.rule,
            "level": self.level,
            "file": shown_path(self.path, root),
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "advice": self.advice,
            "tool": self.tool,
            "page": page(self),
        }


def shown_path(path: Path, root: Path) -> str:
    """`path` relative to `root` with forward slashes, or as it is when it lies elsewhere."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def page(finding: Finding) -> str:
    """Where the rule is explained: our page (`inv migrations-lint --explain <rule>` shows it) or squawk's."""
    if finding.tool == "squawk":
        return f"https://squawkhq.com/docs/{finding.rule}"
    return f"docs/lint/{finding.rule}.md"
