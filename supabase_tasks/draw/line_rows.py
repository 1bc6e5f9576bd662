"""Two texts as rows of lines: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from supabase_tasks import visible

# So many unchanged lines stay around a change.
CONTEXT = 3


@dataclass(frozen=True, slots=True)
class LineRow:
    """One row: `same`, `both` (a line that changed), `del` or `add`; numbers are None where the side has no line."""

    action: str
    left_number: int | None = None
    left: str = ""
    right_number: int | None = None
    right: str = ""


def rows(before: str, after: str) -> list[LineRow]:
    """The rows of two texts. A comma more or less at a line's end, because another line follows, is no change."""
    return list(_rows(lines(before), lines(after)))


def lines(text: str) -> list[str]:
    """The lines of a text, hidden characters visible."""
    # Not splitlines(): it also ends a line where no end is visible, and drops the character.
    return visible.text(text).removesuffix("\n").split("\n") if text else []


def runs(found: Sequence[LineRow]) -> Iterator[tuple[bool, list[LineRow]]]:
    """The rows in runs, and whether a run is far from every change."""
    changed = [number for number, row in enumerate(found) if row.action != "same"]
    near = {place for number in changed for place in range(number - CONTEXT, number + CONTEXT + 1)}
    for far, run in groupby(enumerate(found), key=lambda pair: pair[0] not in near):
        yield far, [row for _, row in run]


def _rows(old: list[str], new: list[str]) -> Iterator[LineRow]:
    was, now = ([line.removesuffix(",") for line in side] for side in (old, new))
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for action, i1, i2, j1, j2 in matcher.get_opcodes():
        for offset in range(max(i2 - i1, j2 - j1)):
            left, right = i1 + offset, j1 + offset
            has_left, has_right = left < i2, right < j2
            yield LineRow(
                "same" if action == "equal" else "both" if has_left and has_right else "del" if has_left else "add",
                left + 1 if has_left else None,
                old[left] if has_left else "",
                right + 1 if has_right else None,
                new[right] if has_right else "",
            )
