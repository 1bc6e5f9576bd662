"""Hazards as people read them: by level, the most harmful first, each with a mark and a colour; and the gist of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from supabase_tasks import console
from supabase_tasks.diff.ddl.levels import INFORMS, LEVELS, level_of

if TYPE_CHECKING:
    from supabase_tasks.diff.ddl.hazards import Hazard


def say(hazards: Iterable[Hazard], write: Callable[[str, str], None]) -> None:
    """Write a line for each hazard, most harmful first; locks on one relation are one. `write` takes line and colour."""
    for hazard in _by_level(hazards):
        level = level_of(hazard)
        write(f"  {level.mark} {hazard.code}: {hazard.message}", level.colour)


def gist(hazards: Iterable[Hazard]) -> str:
    """`loses data (1), blocks (2)`: what a question is about, in a few words."""
    found = [level_of(hazard) for hazard in _by_level(hazards)]
    counts = [(level, found.count(level)) for level in LEVELS if level is not INFORMS and level in found]
    return ", ".join(f"{level.gist} ({number})" for level, number in counts) or "no hazards but short locks"


def remind(what: str, hazards: Iterable[Hazard]) -> None:
    """The gist once more, right above a question: what was shown before may have scrolled away."""
    found = tuple(hazards)
    worst = level_of(_by_level(found)[0]) if found else INFORMS
    console.note(f"{what}: {gist(found)}", worst.colour)


def _by_level(hazards: Iterable[Hazard]) -> list[Hazard]:
    from supabase_tasks.diff.plan import summary

    return summary.by_level(hazards)
