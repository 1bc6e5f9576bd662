"""The order around what a schema's owner gives up on it, or takes back: without it nothing in the schema can be changed.

Source: PostgreSQL 17, LookupExplicitNamespace() and RangeVarGetAndCheckCreationNamespace(): USAGE to name, CREATE to make.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds.grant import Grant
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.graph import Graph
from supabase_tasks.diff.plan.step import Step

Steps = Mapping[Key, Step]


def schema_access_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """All that happens in a schema comes before its owner gives a privilege on it up, and after the owner has it again."""
    for key, step in up.items():
        old, new = (side.items.get(key) for side in (changes.current, changes.desired))
        if not isinstance(new, Grant) or new.letter != "n":
            continue
        before, after = _own(old), _own(new)
        if before == after:
            continue
        for other in _inside(changes, new.identity[1], up, down):
            pair = (step, other) if before < after else (other, step)
            if not graph.has(*pair[::-1]):
                graph.edge(*pair)


def _own(grant: Item | None) -> frozenset[str]:
    """What the owner may do by `grant`; with a schema that is made it may do everything."""
    if not isinstance(grant, Grant):
        return frozenset({"USAGE", "CREATE"})
    return frozenset(one.name for one in grant.privileges if one.grantee == grant.owner)


def _inside(changes: Changes, schema: str, up: Steps, down: Steps) -> Iterator[Step]:
    for side, steps in ((changes.current, down), (changes.desired, up)):
        for key, step in steps.items():
            # A schema that goes over to a role lets it in before.
            if key[0] != "owner" and _schema_of(side, key) == schema:
                yield step


def _schema_of(side: Snapshot, key: Key) -> str | None:
    item = side.items.get(key)
    while item is not None and item.parent is not None and item.parent in side.items:
        item = side.items[item.parent]
    if item is None or item.kind == "schema":
        return None
    return item.identity[1] if item.kind == "default_privilege" else getattr(item, "schema", None)
