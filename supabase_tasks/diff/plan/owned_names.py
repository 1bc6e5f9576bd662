"""What belongs to an object keeps its name when the object gets another: the sequence of an identity column, the multirange type
of a range type. PostgreSQL renames neither."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.common.kind import Name
from supabase_tasks.diff.plan.naming import CountedChange
from supabase_tasks.diff.plan.rename_steps import OwnedName


def counted_renames(followers: Iterable[OwnedName], renames: Iterable[CountedChange]) -> list[CountedChange]:
    """The changes that a person would count: what only follows its renamed object, or that object's table, is none."""
    moved = {change.key[1] for change in renames}
    keys = dict.fromkeys(one.owner for one in followers)
    return [CountedChange("alter", key) for key in keys if not {key[1], key[1][:2]} & moved]


def pairs(context: Context) -> list[tuple[OwnedName, Name]]:
    """Those of objects that stay, each with the name that it is to have."""
    found = []
    for key, old in sorted(context.current.items.items()):
        new: Any = context.desired.items.get(key)
        names: list[list[Any]] = [KINDS[key[0]].other_names(item) if item is not None else [] for item in (old, new)]
        for owned, wanted in zip(*names, strict=False):
            if owned.label and owned.name != wanted.name and owned.name[:2] == wanted.name[:2]:
                found.append((OwnedName(key, owned), wanted.name))
    return found
