"""The rules' pages: problem and solution, as shipped with the package (docs/lint in the repository)."""

from __future__ import annotations

from pathlib import Path

from supabase_tasks import command_line, did_you_mean
from supabase_tasks.errors import LintError
from supabase_tasks.lint.rules import all_rules

_SHIPPED = Path(__file__).parent / "pages"
_REPOSITORY = Path(__file__).parents[2] / "docs" / "lint"


def text(name: str) -> str:
    """The Markdown page of one of our rules. Raises `LintError` for a name that is none of ours."""
    names = [rule.name for rule in all_rules()]
    if name not in names:
        raise LintError(
            f"no rule is named {name!r}",
            cause=did_you_mean.hint(name, names) or f"squawk may: https://squawkhq.com/docs/{name}",
            next_step=command_line.chosen(name, names, "inv migrations-lint --rules"),
            code="no-such-rule",
        )
    folder = _SHIPPED if _SHIPPED.is_dir() else _REPOSITORY
    return (folder / f"{name}.md").read_text(encoding="utf-8")
