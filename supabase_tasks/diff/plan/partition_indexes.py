"""Indexes and keys of partitioned tables around the tables that become partitions of them.

PostgreSQL gives such a table what its parent has, also what is ON ONLY that, and there is no way to take it off by itself: where
it is to lack it, the parent's is made anew behind it. Nor is there a way to say that no partition lacks it any more, when the
one that did is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.graph import Graph
from supabase_tasks.diff.plan.step import Step

Steps = Mapping[Key, Step]


def renew_for_partitions(changes: Changes) -> None:
    """Mark as created anew what cannot stay as it is."""
    keys = [key for key, _ in _pairs_to_part(changes)]
    for key in (*keys, *_complete_by_loss(changes)):
        if key in changes.current.items and key not in changes.replaced:
            changes.altered.discard(key)
            changes.recreated.add(key)
            changes.replaced.add(key)


def partition_index_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """What a new partition is not to have is away when it comes."""
    for key, table in _pairs_to_part(changes):
        if key in down:
            graph.edge(down[key], up[table])
        if key in up:
            graph.edge(up[table], up[key])


def _pairs_to_part(changes: Changes) -> Iterator[tuple[Key, Key]]:
    """The indexes and keys ON ONLY a partitioned table, each with a table that becomes its partition and lacks it."""
    coming = changes.created | changes.joining
    for key, item in _of_partitioned(changes.desired):
        for table in changes.desired.lineage.children.get(item.parent, ()) if item.only else ():
            if table in coming and not _has(changes.desired, table, item):
                yield key, table


def _complete_by_loss(changes: Changes) -> Iterator[Key]:
    """Those that no partition lacks any more, and none is attached to."""
    for key, item in _of_partitioned(changes.desired):
        old: Any = changes.current.items.get(key)
        if item.only or old is None or not old.only:
            continue
        tables = changes.desired.lineage.children.get(item.parent, ())
        staying = [table for table in tables if table in changes.current.items and table not in changes.joining]
        if all(_has(changes.current, table, old) for table in staying):
            yield key


def _of_partitioned(side: Snapshot) -> Iterator[tuple[Key, Any]]:
    for kind in ("index", "constraint"):
        for key in side.keys.get(kind, ()):
            item: Any = side.items[key]
            if item.partitioned:
                yield key, item


def _has(side: Snapshot, table: Key, above: Any) -> bool:
    """Whether the partition has an index or key that is one of `above`."""
    children: list[Any] = [side.items[key] for key in side.children.get(table, ()) if key[0] == above.kind]
    if above.kind == "index":
        return any(one.parent_index == above.identity for one in children)
    return any(one.above == above.name for one in children)
