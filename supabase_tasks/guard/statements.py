"""Comparing a migration file with the statements that a target's history says it ran."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from supabase_tasks.ledger import normalise


def verbatim(text: str, statements: Sequence[str]) -> bool:
    """Whether `text` is exactly these statements in this order, with nothing but blanks and semicolons between.

    The CLI (2.122.1, 3.1.0) stores each statement as it stands in the file, comments included, without the
    semicolon and the blanks around it.
    """
    at = 0
    for statement in statements:
        found = text.find(statement, at)
        if found < 0 or not _blank(text[at:found]):
            return False
        at = found + len(statement)
    return _blank(text[at:])


def equivalent(text: str, statements: Sequence[str]) -> bool:
    """Whether both mean the same once comments, blanks and semicolons are left out."""
    return verbatim(text, statements) or normalise.same_as_recorded(text, statements)


def difference(text: str, statements: Sequence[str]) -> str:
    """A unified diff from what ran on the target to what the file says now."""
    ran = ";\n".join(statements).splitlines()
    return "\n".join(difflib.unified_diff(ran, text.splitlines(), "ran on the target", "file", lineterm="", n=1))


def _blank(text: str) -> bool:
    return not text.replace(";", "").strip()
