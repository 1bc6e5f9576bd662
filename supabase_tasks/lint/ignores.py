"""Inline ignores: `-- lint-ignore rule: reason`, before a statement, inside it or behind it on its last line.

`-- lint-ignore-file rule: reason` holds for the whole file. squawk's own `-- squawk-ignore rule` is honoured for every
rule; it has no place for a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from supabase_tasks.lint.statements import ParsedFile

_COMMENT = re.compile(
    r"--[ \t]*(?P<tool>lint|squawk)-ignore(?P<file>-file)?\b[ \t]*(?P<rules>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?"
    r"[ \t]*(?::[ \t]*(?P<reason>[^\n]*))?"
)
_MARK = "-ignore"


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment: the rules it names, the reason, its line, and the lines (from 1, inclusive) it holds for."""

    rules: tuple[str, ...]
    reason: str
    needs_reason: bool
    line: int
    first: int
    last: int

    def covers(self, rule: str, line: int) -> bool:
        # A reason is the price of an ignore: without one the comment counts for nothing.
        paid = bool(self.reason) or not self.needs_reason
        return paid and rule in self.rules and self.first <= line <= self.last


@dataclass(frozen=True)
class Ignores:
    """The ignores of one file."""

    parsed: ParsedFile

    @cached_property
    def comments(self) -> tuple[Ignore, ...]:
        return tuple(self._read())

    def cover(self, rule: str, line: int) -> bool:
        """Whether a finding of `rule` at `line` is ignored."""
        return any(comment.covers(rule, line) for comment in self.comments)

    def _read(self) -> Iterator[Ignore]:
        source = self.parsed.source
        if _MARK not in source.text:
            return
        for number, text in enumerate(source.text.split("\n"), 1):
            if match := _COMMENT.search(text):
                first, last = (1, len(source.text)) if match["file"] else self._lines_of_statement(number)
                rules = tuple(rule.strip() for rule in (match["rules"] or "").split(",") if rule.strip())
                reason = (match["reason"] or "").strip()
                yield Ignore(rules, reason, match["tool"] == "lint", number, first, last)

    def _lines_of_statement(self, line: int) -> tuple[int, int]:
        for first, last in self._ranges:
            if first <= line <= last:
                return first, last
        return line, line

    @cached_property
    def _ranges(self) -> tuple[tuple[int, int], ...]:
        ranges: list[tuple[int, int]] = []
        for statement in self.parsed.statements:
            # A comment behind a statement on its last line belongs to it, one on the lines after it to the next one.
            last = self.parsed.source.place(statement.end).line
            ranges.append((min(ranges[-1][1] + 1 if ranges else 1, last), last))
        return tuple(ranges)
