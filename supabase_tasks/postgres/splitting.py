"""Splitting a migration into statements exactly as the Supabase CLI does, its oddities included.

The rules are those of the CLI's own tokenizer (`pkg/parser`, checked against 2.122.1 and 3.1.0 by what they record in
`schema_migrations.statements`), not PostgreSQL's: `E'\\''` is not understood, a parenthesis hides semicolons, the first
`)` closes all of them, and after `BEGIN ATOMIC` so does the first `END`. A file must fail or pass here as it does
there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Where the tokenizer may change its mind while it is not inside a quote or comment. `c` and `d` end ATOMIC and END.
_EVENT = re.compile(r"""[$'"\-/\\;()]|(?<=[aA][tT][oO][mM][iI])[cC]|(?<=[eE][nN])[dD]""")
_TAG = re.compile(r"\$\w*")
_BLOCK_EDGE = re.compile(r"(?=(/\*|\*/))")
_BEGIN_ATOMIC = re.compile(r"(?:^|[^\w$])begin\s+atomic$", re.IGNORECASE)
_LONGEST_BEGIN = 200
_PAREN, _END = ")", "END"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the CLI sends it (no trailing semicolon, no outer white space) and its offset in the file."""

    text: str
    offset: int


def split(sql: str) -> list[Statement]:
    """The statements of `sql` in order; empty ones are left out, comments stay with the statement they precede."""
    statements: list[Statement] = []
    start = 0
    while start < len(sql):
        end = _end_of_statement(sql, start)
        statement = _trimmed(sql, start, end)
        if statement is not None:
            statements.append(statement)
        start = end
    return statements


def _trimmed(sql: str, start: int, end: int) -> Statement | None:
    raw = sql[start:end].rstrip(";")
    text = raw.strip()
    if not text:
        return None
    return Statement(text, start + len(raw) - len(raw.lstrip()))


def _end_of_statement(sql: str, start: int) -> int:
    nested: list[str] = []
    position = start
    while (event := _EVENT.search(sql, position)) is not None:
        here, char = event.start(), event[0]
        if char == ";" and not nested:
            return here + 1
        position = _after(sql, start, here, char, nested)
    return len(sql)


def _after(sql: str, start: int, here: int, char: str, nested: list[str]) -> int:
    quoted = _after_quoted(sql, here, char)
    if quoted is not None:
        return quoted
    if char == "\\":
        # The escaped character is skipped, yet still closes a parenthesis.
        if sql[here + 1 : here + 2] == ")":
            _close(nested, _PAREN)
        return here + 2
    if char == "(":
        nested.append(_PAREN)
    elif char == ")":
        _close(nested, _PAREN)
    elif char in "dD":
        _close(nested, _END)
    elif char in "cC" and _BEGIN_ATOMIC.search(sql[max(start, here - _LONGEST_BEGIN) : here + 1]):
        nested.append(_END)
    return here + 1


def _close(nested: list[str], delimiter: str) -> None:
    while nested and nested[-1] == delimiter:
        nested.pop()


def _after_quoted(sql: str, here: int, char: str) -> int | None:
    if char == "$":
        return _after_dollar(sql, here)
    if char in "'\"":
        return _after_quote(sql, here, char)
    if char == "-":
        return _after_found(sql, "\n", here + 2) if sql.startswith("--", here) else here + 1
    if char == "/":
        return _after_block(sql, here) if sql.startswith("/*", here) else here + 1
    return None


def _after_found(sql: str, text: str, start: int) -> int:
    found = sql.find(text, start)
    return len(sql) if found < 0 else found + len(text)


def _after_dollar(sql: str, here: int) -> int:
    tag = _TAG.match(sql, here)
    end = tag.end() if tag else here + 1
    if not sql.startswith("$", end):
        return end
    # The window that is compared may overlap the opening tag: `$$$` is opened and closed.
    return _after_found(sql, sql[here : end + 1], here + 1)


def _after_quote(sql: str, here: int, quote: str) -> int:
    position = here + 1
    while (found := sql.find(quote, position)) >= 0:
        if not sql.startswith(quote, found + 1):
            return found + 1
        position = found + 2
    return len(sql)


def _after_block(sql: str, here: int) -> int:
    depth = 1
    for edge in _BLOCK_EDGE.finditer(sql, here + 1):
        depth += 1 if edge[1] == "/*" else -1
        if depth == 0:
            return edge.start() + 2
    return len(sql)
