"""Splitting a migration into statements exactly as the Supabase CLI does, its oddities included.

The rules are those of the CLI's own tokenizer, read from the program text that its binaries 2.122.1 and 3.1.0 carry and
compared with what both record in `schema_migrations.statements` (tests/attack/test_promotion.py). They are not quite
PostgreSQL's: a parenthesis hides semicolons, the first `)` closes all of them, a backslash outside of quotes hides the
next character. The majors differ in block comments only: 2.x sees `/*/` as opened and closed, 3.x as opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Major = Literal["2", "3"]
MAJORS: tuple[Major, ...] = ("2", "3")

# What JavaScript's String.trim takes off (ECMA-262: WhiteSpace and LineTerminator). Python's strip takes other ones.
_SPACES = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
TRIMMED = f"\t\n\v\f\r \xa0\u1680{_SPACES}\ufeff"
# Where the tokenizer may change its mind while it is not inside a quote or comment. `c` and `d` end ATOMIC and END.
_EVENT = re.compile(r"""[$'"\-/\\;()]|(?<=[aA][tT][oO][mM][iI])[cC]|(?<=[eE][nN])[dD]""")
_WORD = re.compile(r"[A-Za-z0-9_\x80-\U0010ffff]*")
_WORD_CHARACTER = re.compile(r"[A-Za-z0-9_$\x80-\U0010ffff]")
_LINE_END = re.compile(r"[\n\r]")
_BLANKS = re.compile(r"[ \t\n\r\f\v]*")
_BLOCK_EDGE: dict[Major, re.Pattern[str]] = {"2": re.compile(r"(?=(?:/\*|\*/))"), "3": re.compile(r"/\*|\*/")}
_ESCAPED_QUOTE = re.compile(r"\\.|''|'", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the CLI sends it (no trailing semicolon, no outer white space) and its offset in the file."""

    text: str
    offset: int


def split(sql: str, major: Major = "3") -> list[Statement]:
    """The statements of `sql` in order, as that major of the CLI cuts them; empty ones are left out, comments stay with
    the statement they precede."""
    found = (_trim(sql, start, end) for start, end in _spans(sql, major))
    return [statement for statement in found if statement is not None]


def texts(sql: str, major: Major = "3") -> tuple[str, ...]:
    """The statements that `schema_migrations.statements` holds after that major of the CLI has applied `sql`."""
    return tuple(statement.text for statement in split(sql, major))


def _spans(sql: str, major: Major) -> Iterator[tuple[int, int]]:
    # The CLI's decoder takes a byte order mark off before it looks.
    start = 1 if sql.startswith("\ufeff") else 0
    while start < len(sql):
        end = _Token(sql, start, major).end()
        yield start, end
        start = end


def _trim(sql: str, start: int, end: int) -> Statement | None:
    raw = sql[start:end].rstrip(";")
    text = raw.strip(TRIMMED)
    if not text:
        return None
    return Statement(text, start + len(raw) - len(raw.lstrip(TRIMMED)))


@dataclass(slots=True)
class _Atomic:
    """Inside BEGIN ATOMIC: where its current statement begins, and whether an END was seen that belongs to that one."""

    begins: int
    foreign_end: bool = False


@dataclass(slots=True)
class _Token:
    """One walk from a statement's first character to its end. `nested` holds what hides semicolons: open parentheses
    (None) and BEGIN ATOMIC bodies, the innermost last."""

    sql: str
    start: int
    major: Major
    nested: list[_Atomic | None] = field(default_factory=list)

    def end(self) -> int:
        """Behind the semicolon that ends the statement, or the end of the text."""
        position = self.start
        while (event := _EVENT.search(self.sql, position)) is not None:
            here, char = event.start(), event[0]
            if char == ";" and not self.nested:
                return here + 1
            position = self._after(here, char)
        return len(self.sql)

    def _after(self, here: int, char: str) -> int:
        quoted = self._after_quoted(here, char)
        if quoted is not None:
            return quoted
        if char == "\\":
            # The escaped character is skipped, yet still closes a parenthesis.
            if self.sql.startswith(")", here + 1):
                self._close()
            return here + 2
        if char == "(":
            self.nested.append(None)
        elif char == ")":
            self._close()
        elif char == ";":
            self._next_in_body(here)
        elif char in "cC" and self._begins_atomic(here):
            self.nested.append(_Atomic(here + 1))
        elif char in "dD":
            self._end_word(here)
        return here + 1

    def _close(self) -> None:
        while self.nested and self.nested[-1] is None:
            self.nested.pop()

    def _next_in_body(self, here: int) -> None:
        if isinstance(self.nested[-1], _Atomic):
            self.nested[-1] = _Atomic(here + 1)

    def _ends_word(self, word: str, end: int) -> bool:
        """Whether `word` (upper case) stands before `end`, and no letter before it."""
        begin = end - len(word)
        return begin >= self.start and self.sql[begin:end].upper() == word and not self._in_word(begin)

    def _in_word(self, begin: int) -> bool:
        return begin > self.start and _WORD_CHARACTER.match(self.sql, begin - 1) is not None

    def _begins_atomic(self, here: int) -> bool:
        if not self._ends_word("ATOMIC", here + 1):
            return False
        before = here + 1 - len("ATOMIC")
        while before > self.start and self.sql[before - 1] in " \t\n\r\f\v":
            before -= 1
        return self._ends_word("BEGIN", before)

    def _end_word(self, here: int) -> None:
        body = self.nested[-1] if self.nested else None
        if body is None or body.foreign_end or not self._ends_word("END", here + 1):
            return
        if not self._blank(body.begins, here - 2):
            body.foreign_end = True
        elif here + 1 < len(self.sql) and _WORD_CHARACTER.match(self.sql, here + 1) is None:
            self.nested.pop()

    def _blank(self, position: int, end: int) -> bool:
        """Whether there is nothing but white space and comments up to `end`."""
        sql = self.sql
        while position < end:
            position = match_end(_BLANKS, sql, position)
            if position >= end:
                break
            if sql.startswith("--", position):
                position = _after_line(sql, position)
            elif sql.startswith("/*", position):
                position = after_block_comment(sql, position, self.major)
            else:
                return False
        return True

    def _after_quoted(self, here: int, char: str) -> int | None:
        sql = self.sql
        if char == "$":
            return here + 1 if self._in_word(here) else _after_dollar(sql, here)
        if char == "'" and self._ends_word("E", here):
            return _after_escaped(sql, here)
        if char in "'\"":
            return _after_quote(sql, here, char)
        if char == "-":
            return _after_line(sql, here) if sql.startswith("--", here) else here + 1
        if char == "/":
            return after_block_comment(sql, here, self.major) if sql.startswith("/*", here) else here + 1
        return None


def after_block_comment(sql: str, here: int, major: Major) -> int:
    """Behind the block comment that begins at `here`, or the end of the text when it never ends."""
    depth = 1
    for edge in _BLOCK_EDGE[major].finditer(sql, here + (1 if major == "2" else 2)):
        depth += 1 if sql.startswith("/*", edge.start()) else -1
        if depth == 0:
            return edge.start() + 2
    return len(sql)


def match_end(pattern: re.Pattern[str], sql: str, position: int) -> int:
    """Where the match of `pattern` at `position` ends, or `position`."""
    match = pattern.match(sql, position)
    return match.end() if match else position


def _after_line(sql: str, here: int) -> int:
    found = _LINE_END.search(sql, here + 2)
    return found.end() if found else len(sql)


def _after_dollar(sql: str, here: int) -> int:
    end = match_end(_WORD, sql, here + 1)
    if not sql.startswith("$", end):
        return end
    # The window that is compared may overlap the opening tag: `$$$` is opened and closed.
    found = sql.find(sql[here : end + 1], here + 1)
    return len(sql) if found < 0 else found + end + 1 - here


def _after_quote(sql: str, here: int, quote: str) -> int:
    position = here + 1
    while (found := sql.find(quote, position)) >= 0:
        if not sql.startswith(quote, found + 1):
            return found + 1
        position = found + 2
    return len(sql)


def _after_escaped(sql: str, here: int) -> int:
    """Behind an E'…' string and those that continue it: after a line end, the next quote belongs to it."""
    while True:
        position = here + 1
        while (found := _ESCAPED_QUOTE.search(sql, position)) is not None and found[0] != "'":
            position = found.end()
        if found is None:
            return len(sql)
        here, continues = _continuation(sql, found.end())
        if not continues:
            return here


def _continuation(sql: str, position: int) -> tuple[int, bool]:
    line_end = False
    while True:
        blank = match_end(_BLANKS, sql, position)
        line_end = line_end or _LINE_END.search(sql, position, blank) is not None
        position = blank
        if not sql.startswith("--", position):
            return position, line_end and sql.startswith("'", position)
        position, line_end = _after_line(sql, position), True
