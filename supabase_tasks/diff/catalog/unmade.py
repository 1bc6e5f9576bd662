"""What a desired side has and no migration can make (`Item.can_be_made`): it is named, and stays out of plan and proof."""

from __future__ import annotations

from dataclasses import replace

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot


def without_unmade(current: Snapshot, desired: Snapshot) -> Snapshot:
    """`desired` with such an object, and all that lives in it, as `current` has it; without it where that has none, or has it
    as a part of another one."""
    unmade = [key for key, item in desired.items.items() if not item.can_be_made]
    if not unmade:
        return desired
    items = dict(desired.items)
    for key in unmade:
        for gone in _with_children(desired, key):
            items.pop(gone, None)
        if key in current.items and not current.items[key].inherited:
            items.update({kept: current.items[kept] for kept in _with_children(current, key)})
    return replace(desired, items=items)


def _with_children(side: Snapshot, key: Key) -> list[Key]:
    return [key, *side.children.get(key, ())] if key in side.items else []
