"""SQL text reduced to what PostgreSQL would see: tokens without comments and white space.

It tells what a text is about, and words what differs between two. Whether two texts are the same migration is not
answered here: where comments and semicolons stand decides what runs (`guard.statements.matches_history`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# PostgreSQL manual, 4.1 "Lexical Structure". An operator ends where a comment begins.
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<line>--[^\n\r]*)
    | (?P<block>/\*)
    | (?P<dollar>\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z))
    | (?P<escape>[eE]'(?:[^'\\]|\\.|'')*(?:'|\Z))
    | (?P<string>'(?:[^']|'')*(?:'|\Z))
    | (?P<quoted>"(?:[^"]|"")*(?:"|\Z))
    | (?P<word>[\w][\w$]*)
    | (?P<operator>(?:(?!--|/\*)[-+*/<>=~!@\#%^&|`?])+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SKIPPED = ("space", "line")


def tokens(sql: str) -> Iterator[str]:
    """The tokens of `sql` in order, semicolons included, without comments and white space."""
    position = 0
    while match := _TOKEN.match(sql, position):
        position = match.end()
        if match["block"]:
            position = _after_block_comment(sql, match.start())
        elif match.lastgroup not in _SKIPPED:
            yield match[0]


_BLOCK_EDGE = re.compile(r"/\*|\*/")


def _after_block_comment(sql: str, start: int) -> int:
    depth = 0
    for edge in _BLOCK_EDGE.finditer(sql, start):
        depth += 1 if edge[0] == "/*" else -1
        if depth == 0:
            return edge.end()
    return len(sql)


def statements(sql: str) -> tuple[str, ...]:
    """The statements of `sql` in a normal form meant for comparison: tokens with one space between them.

    A semicolon inside parentheses (CREATE RULE) or inside BEGIN ATOMIC … END does not end a statement.
    """
    found: list[list[str]] = [[]]
    splitter = _Splitter()
    for token in tokens(sql):
        if splitter.ends_at(token):
            found.append([])
        else:
            found[-1].append(token)
    return tuple(" ".join(parts) for parts in found if parts)


class _Splitter:
    """Follows a token stream and knows whether a semicolon is one that ends a statement."""

    def __init__(self) -> None:
        self._parentheses = 0
        self._blocks = 0
        self._previous = ""

    def ends_at(self, token: str) -> bool:
        word = token.lower()
        if word in ("(", ")"):
            self._parentheses = max(0, self._parentheses + (1 if word == "(" else -1))
        elif (self._previous == "begin" and word == "atomic") or (self._blocks and word == "case"):
            self._blocks += 1
        elif self._blocks and word == "end":
            self._blocks -= 1
        self._previous = word
        return token == ";" and not self._parentheses and not self._blocks
