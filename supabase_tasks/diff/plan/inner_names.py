"""Names inside of types that can be renamed and are no objects: the values of an enum, the attributes of a composite type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from supabase_tasks.diff.catalog.item import Identity, Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds.composite import rename_attribute
from supabase_tasks.diff.kinds.enum import rename_value

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

Rename = Callable[[Identity, Identity], Sequence["MigrateOperation"]]


class InnerName(NamedTuple):
    """A kind of such names: the kind of the type, its names with what each stands for, what renames one, and what else it takes
    when the name is new."""

    type_kind: str
    values: Callable[[Any], dict[str, str]]
    rename: Rename
    consequences: tuple[str, ...] = ()


INNER_NAMES = {
    "enum_value": InnerName("enum", lambda enum: dict.fromkeys(enum.values, ""), rename_value),
    "attribute": InnerName("composite", lambda item: item.pairs, rename_attribute, ("--allow", "data-loss")),
}


def type_of(key: Key) -> Key:
    """The type that the name is in."""
    return INNER_NAMES[key[0]].type_kind, key[1][:2]


def keys_of(side: Snapshot, kind: str, within: Collection[Key] | None = None) -> set[Key]:
    """The names of a kind in all types of `side`, or in those `within`."""
    inner = INNER_NAMES[kind]
    types = (key for key in side.keys.get(inner.type_kind, ()) if within is None or key in within)
    return {(kind, (*key[1], name)) for key in types for name in inner.values(side.items[key])}


def likeness(current: Snapshot, desired: Snapshot, old: Key, new: Key) -> float:
    """How much the new name looks like the old one, 0 to 1: they stand for the same, at the same place if possible."""
    if old[1][:2] != new[1][:2]:
        return 0.0
    before, after = (
        INNER_NAMES[old[0]].values(side.items[type_of(key)]) for side, key in ((current, old), (desired, new))
    )
    if before[old[1][2]] != after[new[1][2]]:
        return 0.0
    return 0.9 if [*before].index(old[1][2]) == [*after].index(new[1][2]) else 0.6
