"""The order around tables that leave the composite type they are made of, or join one: columns change in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.graph import Graph
from supabase_tasks.diff.plan.step import Step


def changing(changes: Changes) -> set[Key]:
    """The tables that stay and leave or join a type."""
    return {key for key in changes.current.keys.get("table", ()) if _types(changes, key)}


def _types(changes: Changes, key: Key) -> bool:
    stays = key in changes.altered or key in changes.detached
    if not stays:
        return False
    stages: list[Any] = [changes.current.items[key], changes.detached.get(key), changes.desired.items[key]]
    return len({stage.of_type for stage in stages if stage is not None}) > 1


def type_edges(graph: Graph[Step], changes: Changes, up: Mapping[Key, Step], down: Mapping[Key, Step]) -> None:
    """A table is free of its type before its columns, and the type, change, and joins one after that."""
    for table in changing(changes):
        old: Any = changes.current.items[table]
        new: Any = changes.desired.items[table]
        sides = (changes.current, changes.desired)
        columns = [key for side in sides for key in side.children.get(table, ()) if key[0] == "column"]
        types = [key for side in sides for key in side.dependencies.needs.get(table, ()) if key[0] == "composite"]
        for key in dict.fromkeys((*columns, *types)):
            for step in {steps[key] for steps in (up, down) if key in steps} - {up[table], down[table]}:
                if old.of_type is not None:
                    graph.edge(down[table], step)
                if new.of_type is not None:
                    graph.edge(step, up[table])
