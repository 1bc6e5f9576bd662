"""Commands of psql in a file that goes to the server as it is: `\\restrict` and `\\connect` of a dump, `\\i`, the rows of a COPY.

Neither the Supabase CLI (2.122.1, 3.1.0) nor a replay runs them: PostgreSQL answers with a syntax error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from supabase_tasks.ledger import splitting
from supabase_tasks.ledger.splitting import Statement

_COPY = re.compile(r"copy\b[^;]*\bfrom\s+stdin\b", re.IGNORECASE)
_PASSED = re.compile(r"\s*(--.*)?")


@dataclass(frozen=True, slots=True)
class PsqlCommand:
    """The command as it is written, and its line in the file (from 1)."""

    word: str
    line: int

    @property
    def message(self) -> str:
        """What is wrong, in one clause."""
        return f"{self.word} is for psql, and the Supabase CLI sends a file to the server as it is"


def find(text: str) -> PsqlCommand | None:
    """The first command of psql in a migration or seed, None when there is none."""
    return next((found for statement in splitting.split(text) if (found := of(statement, text))), None)


def at(text: str, number: int | None) -> PsqlCommand | None:
    """The command of psql that statement `number` (from 0) of a file begins with; the first one where the number is unknown."""
    statements = splitting.split(text)
    if number is None or not number < len(statements):
        return find(text)
    return of(statements[number], text)


def of(statement: Statement, text: str) -> PsqlCommand | None:
    """The command of psql that a statement of the file `text` begins with."""
    offset = statement.offset
    for line in statement.text.splitlines(keepends=True):
        if not _PASSED.fullmatch(line.rstrip("\r\n")):
            word = _word(line, statement.text[offset - statement.offset :])
            return PsqlCommand(word, text.count("\n", 0, offset) + 1) if word else None
        offset += len(line)
    return None


def _word(line: str, rest: str) -> str | None:
    if line.lstrip().startswith("\\"):
        return line.split()[0]
    return "COPY … FROM stdin" if _COPY.match(rest.lstrip()) else None
