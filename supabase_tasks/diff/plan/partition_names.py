"""Keys and indexes of partitions keep their names when a table, a column or the partitioned table's index gets another:
PostgreSQL names them after table and columns when it makes them, and renames none of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.index import Index

Pair = tuple[Key, Key]


def pairs(context: Context) -> list[Pair]:
    """The constraints and indexes that a partition has on both sides, under two names, from one of the partitioned table that
    stays."""
    before, after = _by_root(context.current), _by_root(context.desired)
    shared = (
        (before[place], after[place]) for place in sorted(before.keys() & after.keys()) if _stays(place[1], context)
    )
    return [(old, new) for old, new in shared if old != new]


def _stays(root: Key, context: Context) -> bool:
    old, new = context.current.items.get(root), context.desired.items.get(root)
    return old is not None and new is not None and (old == new or not KINDS[root[0]].replaces(old, new, context))


def _by_root(side: Snapshot) -> dict[tuple[Key, Key], Key]:
    """The inherited ones by their table and by the one that they finally come from."""
    return {(_table(side.items[key]), root): key for key, root in _with_roots(side)}


def _table(item: Any) -> Key:
    return ("table", (item.schema, item.table))


def _with_roots(side: Snapshot) -> Iterator[Pair]:
    for kind in (name for name, kind in KINDS.items() if kind.named_after_partition):
        for key in side.keys.get(kind, ()):
            root = _root(side, key)
            if root != key:
                yield key, root


def _root(side: Snapshot, key: Key) -> Key:
    item: Any = side.items[key]
    above = next((one for one in _above(side, item) if one in side.items), None)
    return key if above is None else _root(side, above)


def _above(side: Snapshot, item: Any) -> list[Key]:
    if item.kind == "index":
        return [("index", item.parent_index)] if item.parent_index else []
    parents = side.lineage.parents.get(_table(item), ()) if item.above else ()
    return [("constraint", (*parent[1], item.above)) for parent in parents]


def stands_alone_in(other: Snapshot, item: Item) -> bool:
    """Whether the index of a partition is, in the other database, one of a table by itself: it stays when the table leaves, and
    becomes the partition's when that joins, unless the parent's is another one there."""
    if not isinstance(item, Index) or item.parent not in other.items or other.lineage.parents.get(item.parent):
        return False
    above: Any = other.get("index", *item.parent_index)
    return above is not None and above.unique == item.unique and _columns(above) == _columns(item)


def _columns(index: Index) -> str:
    return index.definition.removeprefix(f"ON {qualified(index.schema, index.table)} ")
