"""SQL that PostgreSQL's parser refuses."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for parsed in history.files:
        if parsed.fault is not None:
            yield Hit(
                parsed.fault.place, parsed.fault.message, "correct the statement; PostgreSQL refuses the whole file"
            )


RULE = Rule("syntax-error", "error", "PostgreSQL's parser refuses the file", check)
