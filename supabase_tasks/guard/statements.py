"""Comparing a migration file with the statements that a target's ledger says it ran.

`matches_history` is the only answer to "is this file what that row says ran": status, push, outcome, promotion, drift,
pull, repair and squash all ask it. What is looser here only words a refusal.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from supabase_tasks.errors import GuardError
from supabase_tasks.ledger import normalise, splitting


def matches_history(text: str, statements: Sequence[str] | None) -> bool:
    """Whether `statements` is what the CLI records for a file with this text: cut by the CLI's own rules (those of
    either major), the same texts in the same order, nothing ignored.

    Blanks and semicolons between two statements are in no statement, so they cannot differ. None (nothing recorded)
    never equals anything; a text without a statement is recorded as an empty list.
    """
    return statements is not None and any(
        splitting.texts(text, major) == tuple(statements) for major in splitting.MAJORS
    )


def differs_in_form_only(text: str, statements: Sequence[str]) -> bool:
    """Whether the same statements are left when comments and blanks are taken out of each. An explanation, never a yes:
    where comments and semicolons stand decides what runs."""
    recorded = [one for statement in statements for one in normalise.statements(statement)]
    return list(normalise.statements(text)) == recorded


def difference(text: str, statements: Sequence[str]) -> str:
    """A unified diff from what ran on the target to what the file says now.

    Blanks and semicolons between two statements are in no record, so both sides are shown with the same ones.
    """
    ran_there, says_now = as_file(statements).splitlines(), as_file(splitting.texts(text)).splitlines()
    return "\n".join(difflib.unified_diff(ran_there, says_now, "ran on the target", "file", lineterm="", n=1))


def as_file(statements: Sequence[str]) -> str:
    """The text of a file that runs `statements`."""
    return "".join(f"{statement}{_end(statement)}" for statement in statements)


def file_of(title: str, statements: Sequence[str]) -> str:
    """Like `as_file`. Raises `GuardError` when no file would be recorded as these statements: something other than the
    CLI wrote them."""
    text = as_file(statements)
    if not matches_history(text, statements):
        raise GuardError(
            f"the history's row of {title} is not one that the Supabase CLI writes: no file is recorded like that",
            cause="a statement in it would be cut in another place when the file ran",
            next_step="inv supabase-status",
            code="nothing-to-fetch",
        )
    return text


# A comment at the end would swallow the semicolon.
def _end(statement: str) -> str:
    return ";\n" if splitting.texts(f"{statement};x") == (statement, "x") else "\n;\n"
