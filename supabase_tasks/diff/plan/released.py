"""Tables that inherit one column from several parents, while the column's type changes.

PostgreSQL changes an inherited column with its parent's only where no other parent gives it (ATPrepAlterColumnType()). So the
table leaves the others first, follows the parent that it keeps, and joins the others again when theirs have changed too. Its
parents are in the same order afterwards: those that it leaves are the last ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.graph import Graph
from supabase_tasks.diff.plan.step import Step


def release(changes: Changes, child: Key, column: str) -> bool:
    """Let `child` leave the parents behind the first one that gives it `column`; whether that can be done."""
    old: Any = changes.current.items[child]
    new: Any = changes.desired.items.get(child)
    if new is None or child in changes.replaced or old.bound is not None or old.parents != new.parents:
        return False
    giving = [
        place
        for place, name in enumerate(old.parent_keys)
        if ("column", (*_identity(changes, child, name), column)) in changes.current.items
    ]
    kept = giving[0] + 1
    before: Any = changes.detached.get(child)
    if before is not None and (child not in changes.released or len(before.parents) != kept):
        return False
    # What only a parent gives that it leaves would not follow that parent.
    staying = [_identity(changes, child, name) for name in old.parent_keys[:kept]]
    retyped = [key for key in changes.current.children.get(child, ()) if _is_retyped(changes, key)]
    if not all(any(("column", (*one, key[1][2])) in changes.current.items for one in staying) for key in retyped):
        return False
    changes.released.add(child)
    changes.altered.discard(child)
    changes.detached[child] = replace(old, parents=old.parents[:kept], parent_keys=old.parent_keys[:kept])
    return True


def _identity(changes: Changes, child: Key, name: str) -> tuple[str, ...]:
    parents = changes.current.lineage.parents.get(child, ())
    return next((key[1] for key in parents if ".".join(key[1]) == name), ())


def release_edges(graph: Graph[Step], changes: Changes, up: Mapping[Key, Step], down: Mapping[Key, Step]) -> None:
    """What changes its type does so while the table is away, and nothing else of its parents: what they get or lose meanwhile
    would be missing or left over when it joins them again."""
    for child in changes.released:
        for key in _of_family(changes, child):
            if key in changes.altered and _is_retyped(changes, key):
                graph.edge(down[child], up[key])
                graph.edge(up[key], up[child])
                continue
            if key in down and key[1][:2] != child[1]:
                graph.edge(down[key], down[child])
            if key in up and up[key].action == "up" and key[1][:2] != child[1]:
                graph.edge(up[child], up[key])


def _of_family(changes: Changes, child: Key) -> list[Key]:
    found = []
    for table in (child, *changes.current.lineage.ancestors(child)):
        for side in (changes.current, changes.desired):
            found += [key for key in side.children.get(table, ()) if KINDS[key[0]].may_be_demanded]
    return list(dict.fromkeys(found))


def _is_retyped(changes: Changes, key: Key) -> bool:
    old, new = changes.current.items.get(key), changes.desired.items.get(key)
    return (
        key[0] == "column"
        and old is not None
        and new is not None
        and ((old.type, old.collation) != (new.type, new.collation))  # type: ignore[attr-defined]
    )


def frees_itself(changes: Changes, user: Key, gone: Key) -> bool:
    """Whether its own change releases what is dropped; not where a new namesake would be found too late."""
    if gone not in changes.dropped or user not in changes.altered:
        return False
    namesakes = {
        need
        for need in changes.desired.dependencies.needs.get(user, ())
        if need in changes.created and need[0] == gone[0] and need[1][:2] == gone[1][:2]
    }
    old, new = changes.current.items[user], changes.desired.items[user]
    return not namesakes and KINDS[user[0]].releases(old, new, changes.current.items[gone])
