"""Hazards as people read them: by level, the most harmful first, each with a mark and a colour; and the gist of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks import console

if TYPE_CHECKING:
    from supabase_tasks.diff.ddl.hazards import Hazard


@dataclass(frozen=True, slots=True)
class Level:
    """How much harm: `gist` is what one hazard of the level does, `mark` stands for it without colour, too."""

    gist: str
    mark: str
    colour: str


# In order of harm.
LOSES = Level("loses data", "✗", "red")
OPENS = Level("opens access", "!", "magenta")
BLOCKS = Level("blocks", "■", "yellow")
BREAKS = Level("breaks code", "~", "yellow")
INFORMS = Level("information", "·", "")
LEVELS = (LOSES, OPENS, BLOCKS, BREAKS, INFORMS)
_BY_CODE: Mapping[str, Level] = {
    "data-loss": LOSES,
    "rls-widened": OPENS,
    "grant-widened": OPENS,
    "rewrite": BLOCKS,
    "may-fail": BREAKS,
    "incompatible": BREAKS,
}


def level_of(hazard: Hazard) -> Level:
    """A lock that is held while rows are read or written blocks; one for a moment is information."""
    if hazard.code == "lock":
        return INFORMS if hazard.blocking == "instant" else BLOCKS
    return _BY_CODE.get(hazard.code, BREAKS)


def say(hazards: Iterable[Hazard], write: Callable[[str, str], None]) -> None:
    """Write a line for each hazard, most harmful first; locks on one relation are one. `write` takes line and colour."""
    for hazard in in_order(hazards):
        level = level_of(hazard)
        write(f"  {level.mark} {hazard.code}: {hazard.message}", level.colour)


def in_order(hazards: Iterable[Hazard]) -> list[Hazard]:
    """Each hazard once, by level, then as they came."""
    from supabase_tasks.diff.plan.summary import distinct

    return sorted(distinct(tuple(hazards)), key=lambda hazard: LEVELS.index(level_of(hazard)))


def gist(hazards: Iterable[Hazard]) -> str:
    """`loses data (1), blocks (2)`: what a question is about, in a few words."""
    found = [level_of(hazard) for hazard in in_order(hazards)]
    counts = [(level, found.count(level)) for level in LEVELS if level is not INFORMS and level in found]
    return ", ".join(f"{level.gist} ({number})" for level, number in counts) or "no hazards but short locks"


def remind(what: str, hazards: Iterable[Hazard]) -> None:
    """The gist once more, right above a question: what was shown before may have scrolled away."""
    found = tuple(hazards)
    worst = level_of(in_order(found)[0]) if found else INFORMS
    console.note_coloured(f"{what}: {gist(found)}", worst.colour)
