"""How much a new column looks like one that is gone."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from supabase_tasks.diff.kinds.common.columns import base_type

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.column_item import Column

# Types between which a renamed column often changes at the same time; each is its base name, as format_type writes it.
_FAMILIES = (
    frozenset(("text", "character varying", "character", "extensions.citext", "public.citext", "name")),
    frozenset(("smallint", "integer", "bigint", "numeric", "real", "double precision")),
    frozenset(("timestamp without time zone", "timestamp with time zone", "date")),
    frozenset(("time without time zone", "time with time zone")),
    frozenset(("json", "jsonb")),
    frozenset(("bit", "bit varying")),
    frozenset(("inet", "cidr")),
)


def similarity(old: Column, new: Column) -> float:
    """By type, attributes, position and name: a column that looks the same at the same place was likely renamed, also where
    its length or type changed with the name."""
    if bool(old.generated) != bool(new.generated):
        return 0.0
    score = _type_likeness(old.type, new.type)
    score += 0.1 * (old.not_null == new.not_null) + 0.1 * (old.default == new.default)
    score += 0.1 / (1 + abs(old.position - new.position))
    return score + 0.25 * SequenceMatcher(None, old.name, new.name).ratio()


def _type_likeness(old: str, new: str) -> float:
    if old == new:
        return 0.45
    before, after = base_type(old), base_type(new)
    if before == after:
        return 0.4
    arrays = before.endswith("[]"), after.endswith("[]")
    pair = {before.removesuffix("[]"), after.removesuffix("[]")}
    return 0.35 if arrays[0] == arrays[1] and any(pair <= family for family in _FAMILIES) else 0.0
