"""Where in a migration file a statement is that failed."""

from __future__ import annotations

from itertools import pairwise

from supabase_tasks.ledger import splitting


def failed_line(text: str, number: int | None, shown: str) -> int | None:
    """The line (from 1) of what failed in statement `number` (from 0) of a file: the one above the mark in `shown`, what the
    CLI printed, or else the statement's first. None where the number is not known."""
    statements = splitting.split(text)
    if number is None or not number < len(statements):
        return None
    statement = statements[number]
    inside = max(statement.text.find(_marked_line(shown)), 0) or _first(statement.text)
    return text.count("\n", 0, statement.offset + inside) + 1


def _marked_line(shown: str) -> str:
    lines = shown.split("\n")
    # An empty text is found at once, at the beginning.
    return next((above for above, line in pairwise(lines) if line.strip() == "^"), "")


def _first(text: str) -> int:
    """Where the statement begins behind the comments that precede it."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("--"):
            return at
        at += len(line)
    return 0
