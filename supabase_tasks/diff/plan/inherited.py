"""What partitions and child tables have of their own, apart from what their parents give them.

A parent's change is done to its children too (PostgreSQL, ALTER TABLE: without ONLY). So what a child has after it is
worked out first, and only what is then still missing is planned for the child.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.inheritance import keepers
from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.kind import Kind

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.changes import Changes


def origin(snapshot: Snapshot, key: Key) -> Key | None:
    """The object of the parent that gave this one."""
    item: Any = snapshot.items.get(key)
    if item is None or not item.inherited:
        return None
    if key[0] == "index":
        return ("index", item.parent_index) if item.parent_index else None
    if item.parent is None or item.parent[0] != "table":
        return None
    places = [(key[0], (*table[1], *key[1][2:])) for table in snapshot.lineage.parents.get(item.parent, ())]
    return next((place for place in places if place in snapshot.items), None)


def follow(changes: Changes) -> None:
    """Find what each inherited object will be after its parent's change (`changes.given`), and whether more is to be done.

    What a parent's change does completely needs no step of its own.
    """
    _indexes_of_dropped_parents(changes)
    _keys_of_lacking_parents(changes)
    _triggers_that_come_and_go(changes)
    desired = changes.desired
    kinds = [name for name, kind in KINDS.items() if type(kind).given_by_parent is not Kind.given_by_parent]
    keys = [key for kind in kinds for key in desired.keys.get(kind, ()) if desired.items[key].inherited]
    for _, key in sorted((_depth(desired, key), key) for key in keys):
        _follow_parent(changes, key)


def _depth(snapshot: Snapshot, key: Key) -> int:
    above = origin(snapshot, key)
    return 0 if above is None else 1 + _depth(snapshot, above)


def _follow_parent(changes: Changes, key: Key) -> None:
    above = origin(changes.desired, key)
    if above is None:
        return
    # A table that joins a parent has to be as the parent is before.
    joins = changes.desired.items[key].parent in changes.joining and is_demanded(changes, key)
    if key in changes.detached or joins or comes_from_below(changes, key):
        return
    old: Any = changes.current.items.get(key) if key not in changes.fresh else None
    new = changes.desired.items[key]
    stages = [changes.given.get(above), changes.desired.items[above]]
    if above not in changes.fresh:
        stages.insert(0, changes.current.items.get(above))
    known = [stage for stage in stages if stage is not None]
    found: Any = KINDS[key[0]].given_by_parent(old, new, known, fresh_table=_table_of(new) in changes.fresh)
    changes.given[key] = found
    if key in changes.fresh:
        return
    if found == new:
        changes.altered.discard(key)
    elif key not in changes.replaced:
        changes.altered.add(key)


def _table_of(item: Any) -> Key:
    return ("table", (item.schema, item.table))


def _indexes_of_dropped_parents(changes: Changes) -> None:
    """A parent's index takes those of the partitions along, but for a partition that leaves it before; what is to stay is
    created anew."""
    gone = {key for key in changes.dropped | changes.replaced if key[0] == "index"}
    for key in changes.current.keys.get("index", ()):
        item: Any = changes.current.items[key]
        if item.parent_index and ("index", item.parent_index) in gone and key in changes.desired.items:
            changes.altered.discard(key)
            if key not in changes.replaced:
                changes.recreated.add(key)
                changes.replaced.add(key)
            if item.parent not in changes.leaving:
                changes.dropped_with[key] = ("index", item.parent_index)


def _keys_of_lacking_parents(changes: Changes) -> None:
    """A key that is made anew ON ONLY its table took those of the partitions along: what is to stay is created anew."""
    gone = {key for key in changes.replaced if getattr(changes.desired.items[key], "only", False)}
    below = changes.current.keys.get("constraint", ()) if gone else ()
    for key in sorted(below, key=lambda one: len(changes.current.lineage.ancestors(("table", one[1][:2])))):
        taker = _key_above(changes.current, key)
        if taker not in gone or taker is None or key not in changes.desired.items:
            continue
        gone.add(key)
        changes.altered.discard(key)
        if key not in changes.replaced:
            changes.recreated.add(key)
            changes.replaced.add(key)
        changes.dropped_with[key] = taker
    for key in changes.desired.keys.get("constraint", ()):
        # One that stands alone is attached to a key that lacked it.
        lacking = changes.current.items.get(_key_above(changes.desired, key) or key)
        alone = (
            key in changes.current.items and key not in changes.replaced and not changes.current.items[key].inherited
        )
        if alone and lacking is not None and getattr(lacking, "only", False) and lacking.key != key:
            changes.altered.add(key)


def _key_above(side: Snapshot, key: Key) -> Key | None:
    """The partitioned table's constraint that a partition's comes from."""
    item: Any = side.items[key]
    parents = side.lineage.parents.get(item.parent, ()) if item.above else ()
    found: list[Key] = [("constraint", (*table[1], item.above)) for table in parents]
    return next((one for one in found if one in side.items), None)


def _triggers_that_come_and_go(changes: Changes) -> None:
    """A partition that is detached loses the triggers that it was given: its own of the same name are made anew. One that is
    attached, or whose parent gets a trigger, must not have its own of that name.

    Source: PostgreSQL 17, DropClonedTriggersFromPartition() and CloneRowTriggersToPartition().
    """
    for key in changes.current.keys.get("trigger", ()):
        old: Any = changes.current.items[key]
        new: Any = changes.desired.items.get(key)
        lost = old.inherited and old.parent in changes.leaving
        if new is not None and (lost or (new.inherited and not old.inherited)):
            changes.altered.discard(key)
            if key not in changes.replaced:
                changes.recreated.add(key)
                changes.replaced.add(key)


def edges(changes: Changes, key: Key) -> Iterator[Key]:
    """The parent's object whose change has to come before that of `key`."""
    if comes_from_below(changes, key):
        return
    for side in (changes.desired, changes.current):
        above = origin(side, key)
        if above is not None:
            yield above


def comes_from_below(changes: Changes, key: Key) -> bool:
    """Whether a child has the column that its parent gets: it has to be of that type before, and PostgreSQL leaves it as it
    is. Source: PostgreSQL 17, ATExecAddColumn()."""
    if key[0] != "column" or key in changes.fresh or key not in changes.current.items:
        return False
    return not changes.current.items[key].inherited and origin(changes.desired, key) in changes.created


def stays_behind(changes: Changes, key: Key) -> bool:
    """Whether a column that its parent loses stays behind at this child, because a sibling keeps its own."""
    above = origin(changes.current, key)
    return above is not None and above in changes.dropped and keepers(changes.current, changes.desired, above)


def is_demanded(changes: Changes, key: Key) -> bool:
    """Whether a table must have the object before it can join a parent that has it: columns and checks, but for those
    that the parent gets afterwards, and those that another parent gives."""
    item: Any = changes.desired.items.get(key)
    if item is None or not KINDS[key[0]].is_demanded(item):
        return False
    table: Key = ("table", key[1][:2])
    parents = changes.desired.lineage.parents.get(table, ())
    above = [(key[0], (*one[1], key[1][2])) for one in parents]
    staying = set(parents) & set(changes.current.lineage.parents.get(table, ()))
    # A partition leaves its parent and joins it again for another bound.
    moves = any(getattr(side.items.get(table), "bound", None) for side in (changes.current, changes.desired))
    if not moves and any(one in changes.current.items and ("table", one[1][:2]) in staying for one in above):
        return False
    return not any(key in changes.created and comes_anew(changes, one) for one in above)


def comes_anew(changes: Changes, key: Key) -> bool:
    """Whether a parent's is new, and not what comes to it because an ancestor's is made anew."""
    ancestors = changes.desired.lineage.ancestors(("table", key[1][:2]))
    given = ((key[0], (*one[1], key[1][2])) for one in ancestors)
    return key in changes.created and not any(
        one in changes.desired.items and one not in changes.created for one in given
    )
