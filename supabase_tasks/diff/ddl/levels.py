"""How much harm a hazard is: the levels in their order, and which level a hazard has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
