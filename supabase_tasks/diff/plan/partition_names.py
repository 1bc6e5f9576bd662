"""Keys and indexes of partitions keep their names when a table, a column or the partitioned table's index gets another:
PostgreSQL names them after table and columns when it makes them, and renames none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import free_name, ident, qualified
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context

Pair = tuple[Key, Key]
_KINDS = ("constraint", "index")


def pairs(context: Context) -> list[Pair]:
    """The constraints and indexes that a partition has on both sides, under two names, from one of the partitioned table that
    stays."""
    before, after = _by_root(context.current), _by_root(context.desired)
    shared = (
        (before[place], after[place]) for place in sorted(before.keys() & after.keys()) if _stays(place[1], context)
    )
    return [(old, new) for old, new in shared if old != new]


def operations(found: Sequence[Pair], current: Snapshot) -> list[op.RenameObject]:
    """The operations that rename them; one whose name another of them has until then gets it by way of a free one."""
    held = {(old[1][0], old[1][-1]) for old, _ in found}
    taken = {key[1][-1] for kind in _KINDS for key in current.keys.get(kind, ())}
    away, plain, back = [], [], []
    for old, new in found:
        wanted = new[1][-1]
        if (new[1][0], wanted) not in held:
            plain.append(_rename(new, old[1][-1], wanted))
            continue
        free = free_name(f"renamed_{wanted}", taken)
        taken.add(free)
        away.append(_rename(new, old[1][-1], free))
        back.append(_rename(new, free, wanted))
    return [*away, *plain, *back]


def _rename(key: Key, old: str, new: str) -> op.RenameObject:
    if key[0] == "index":
        sql = f"ALTER INDEX {qualified(key[1][0], old)} RENAME TO {ident(new)}"
    else:
        sql = f"ALTER TABLE {qualified(*key[1][:2])} RENAME CONSTRAINT {ident(old)} TO {ident(new)}"
    return op.RenameObject(key[0], key[1], sql)


def _stays(root: Key, context: Context) -> bool:
    old, new = context.current.items.get(root), context.desired.items.get(root)
    return old is not None and new is not None and (old == new or not KINDS[root[0]].replaces(old, new, context))


def _by_root(side: Snapshot) -> dict[tuple[Key, Key], Key]:
    """The inherited ones by their table and by the one that they finally come from."""
    return {(_table(side.items[key]), root): key for key, root in _with_roots(side)}


def _table(item: Any) -> Key:
    return ("table", (item.schema, item.table))


def _with_roots(side: Snapshot) -> Iterator[Pair]:
    for kind in _KINDS:
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
