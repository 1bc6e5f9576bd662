"""A migration's text and the places in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One SQL file. Offsets are in bytes of its UTF-8 form, as libpg_query counts them; lines and columns from 1."""

    path: Path
    text: str

    @cached_property
    def data(self) -> bytes:
        return self.text.encode()

    @cached_property
    def _starts(self) -> list[int]:
        starts, position = [0], self.data.find(b"\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.data.find(b"\n", position + 1)
        return starts

    def place(self, offset: int) -> Place:
        """The line and column (in characters) of a byte offset."""
        line = bisect_right(self._starts, offset)
        before = self.data[self._starts[line - 1] : offset]
        return Place(self, line, len(before.decode(errors="replace")) + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file: line and column from 1."""

    source: Source
    line: int
    column: int = 1
