"""From changes to steps in an order that PostgreSQL accepts: pg_depend of both snapshots, sorted topologically.

Creates follow what they need on the desired side; drops precede the drop of what they need on the current side;
dependants are gone before, and come back after, a change that disturbs them. Columns and constraints of a new table are
written inside its CREATE TABLE unless that closes a cycle (foreign keys between new tables, a default that calls a
function that reads the table).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.errors import cycle
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.kind import Name
from supabase_tasks.diff.plan import inherited, typed_tables
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.edges import (
    lineage_edges,
    parking_edges,
    partition_edges,
    persistence_edges,
    privilege_edges,
    rebuilt_edges,
    stored_row_edges,
    swap_edges,
)
from supabase_tasks.diff.plan.graph import Graph
from supabase_tasks.diff.plan.mentioned import mentioned_steps
from supabase_tasks.diff.plan.partition_indexes import partition_index_edges
from supabase_tasks.diff.plan.released import release_edges
from supabase_tasks.diff.plan.schema_access import schema_access_edges
from supabase_tasks.diff.plan.step import Step
from supabase_tasks.diff.plan.twins import later_twins

_EDGES = (
    swap_edges,
    parking_edges,
    stored_row_edges,
    lineage_edges,
    rebuilt_edges,
    release_edges,
    partition_edges,
    persistence_edges,
    privilege_edges,
    typed_tables.type_edges,
    schema_access_edges,
    partition_index_edges,
)


class StepOrder(NamedTuple):
    """The steps in order; `inline` are the children that their parent's `up` writes; `unchecked` says that function
    bodies have to be created before what they name exists."""

    steps: tuple[Step, ...]
    inline: frozenset[Key]
    unchecked: bool


def arrange(changes: Changes) -> StepOrder:
    """All steps of the changes in order. Raises `DiffError` (code `cycle`) naming the objects of a cycle."""
    return _Arranger(changes).run()


class _Arranger:
    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        inline = {key for key in changes.fresh if self._can_be_inline(key)}
        self._inline = inline - later_twins(changes.desired.items[key] for key in inline if key[0] == "constraint")
        self._typed = typed_tables.changing(changes)
        self._absorbed = dict(changes.dropped_with)
        self._soft_removed: set[tuple[Step, Step]] = set()
        self._needs: dict[Key, tuple[Key, ...]] = {}

    def run(self) -> StepOrder:
        while True:
            graph, soft = self._graph()
            order = graph.order()
            if len(order) == len(self._steps):
                return StepOrder(tuple(order), frozenset(self._inline), bool(self._soft_removed))
            self._break_cycles(graph, soft)

    def _can_be_inline(self, key: Key) -> bool:
        item: Any = self._changes.desired.items[key]
        parent = item.parent
        # CREATE TABLE takes NOT VALID, and makes the constraint valid all the same.
        inline = (
            KINDS[key[0]].inline and not item.inherited and not getattr(item, "definition", "").endswith(" NOT VALID")
        )
        # Inside of it every partition gets a key.
        inline = inline and not getattr(item, "only", False)
        return inline and parent is not None and parent in self._changes.fresh

    def _graph(self) -> tuple[Graph[Step], set[tuple[Step, Step]]]:
        changes = self._changes
        self._up = {key: Step("up", key) for key in changes.fresh | changes.detached.keys()}
        for key in self._inline:
            parent = changes.desired.items[key].parent
            assert parent is not None
            self._up[key] = Step("up", parent)
        self._down = {key: Step("down", key) for key in changes.dropped | changes.replaced | changes.detached.keys()}
        for key in changes.altered:
            self._up[key] = self._down[key] = Step("alter", key)
        swaps = {key: Step("alter", leader) for key, leader in changes.swap_of.items()}
        self._up, self._down = {**swaps, **self._up}, {**swaps, **self._down}
        for key in self._absorbed:
            self._down[key] = self._down[self._absorber(key)]
        self._steps = {*self._up.values(), *self._down.values(), *swaps.values()}
        graph = Graph({step: self._sort_key(step) for step in self._steps})
        self._desired_edges(graph)
        self._current_edges(graph)
        self._clash_edges(graph)
        for add in _EDGES:
            add(graph, changes, self._up, self._down)
        return graph, self._soft_edges(graph)

    def _absorber(self, key: Key) -> Key:
        while key in self._absorbed:
            key = self._absorbed[key]
        return key

    def _needs_of(self, key: Key) -> tuple[Key, ...]:
        if key not in self._needs:
            self._needs[key] = tuple(needs_of(self._changes.desired, key))
        return self._needs[key]

    def _desired_edges(self, graph: Graph[Step]) -> None:
        for key, step in self._up.items():
            for need in self._needs_of(key):
                before = self._up.get(need)
                if before is not None and not self._is_there(need):
                    graph.edge(before, step)

    def _current_edges(self, graph: Graph[Step]) -> None:
        for user, step in self._down.items():
            if user in self._absorbed and self._changes.current.items[user].is_attribute:
                continue
            for need in needs_of(self._changes.current, user):
                after = self._down.get(need)
                if (
                    after is None
                    or self._is_there(need)
                    or (step.action == after.action == "alter" and need in self._needs_of(user))
                ):
                    continue
                graph.edge(step, after)

    def _is_there(self, table: Key) -> bool:
        """Whether only the table's parents, or its type, change: what is on it comes before or after by `lineage_edges`."""
        changes = self._changes
        return any(table in group for group in (changes.leaving, changes.joining, changes.released, self._typed))

    def _clash_edges(self, graph: Graph[Step]) -> None:
        current, desired = self._changes.current.items, self._changes.desired.items
        taken: dict[Name, Step] = {}
        for key, step in self._down.items():
            if step.action == "down" or key in self._changes.altered:
                left = names_left(current[key], desired.get(key) if step.action == "alter" else None)
                taken.update(dict.fromkeys(left, step))
        for key, step in self._up.items():
            if step.action == "up" or key in self._changes.altered:
                for name in names_left(desired[key], current.get(key) if step.action == "alter" else None):
                    if name in taken:
                        graph.edge(taken[name], step)
        self._constraint_edges(graph)
        self._inherited_edges(graph)

    def _inherited_edges(self, graph: Graph[Step]) -> None:
        """What is a child's own comes after what the parent's change does to it."""
        for key, step in self._up.items():
            for above in inherited.edges(self._changes, key):
                if above in self._up:
                    graph.edge(self._up[above], step)
                    if key in self._changes.replaced and key[0] == "trigger":
                        graph.edge(self._down[key], self._up[above])

    def _constraint_edges(self, graph: Graph[Step]) -> None:
        # A table has one primary key at a time.
        gone = [(key, step) for key, step in self._down.items() if key[0] == "constraint" and step.action == "down"]
        for key, step in self._up.items():
            if key[0] == "constraint" and step.action == "up":
                for other, before in gone:
                    if other[1][:2] == key[1][:2]:
                        graph.edge(before, step)

    def _soft_edges(self, graph: Graph[Step]) -> set[tuple[Step, Step]]:
        found = set()
        for pair in mentioned_steps(self._changes, self._up, self._down):
            if pair[0] != pair[1] and pair not in self._soft_removed and not graph.has(*pair):
                graph.edge(*pair)
                found.add(pair)
        return found

    def _break_cycles(self, graph: Graph[Step], soft: set[tuple[Step, Step]]) -> None:
        """Take the weakest ties out of the cycles: names in function bodies, then children inside CREATE TABLE."""
        cycles = graph.cycles()
        inside = {step: number for number, group in enumerate(cycles) for step in group}
        weak = {pair for pair in soft if pair[0] in inside and inside[pair[0]] == inside.get(pair[1])}
        if weak:
            self._soft_removed |= weak
            return
        members = {step.key for step in inside}
        chosen = self._loosen(members, "constraint") or self._loosen(members, "column")
        self._inline -= chosen
        if chosen:
            return
        dropped = [self._drop_separately({step.key for step in group}) for group in cycles]
        if not any(dropped):
            raise cycle([step.key for step in cycles[0]])

    def _drop_separately(self, members: set[Key]) -> bool:
        """Drop by themselves what ties two dropped objects to each other: policies, triggers, foreign keys."""
        for turn in (1, 2):
            for key in self._absorbed:
                if KINDS[key[0]].cycle_breaker == turn and self._ties(key, members):
                    del self._absorbed[key]
                    return True
        return False

    def _ties(self, key: Key, members: set[Key]) -> bool:
        absorber = self._absorber(key)
        needs = {self._down[need].key for need in needs_of(self._changes.current, key) if need in self._down}
        return absorber in members and bool((needs - {absorber}) & members)

    def _loosen(self, members: set[Key], kind: str) -> set[Key]:
        found = set()
        for key in self._inline:
            parent = self._up[key].key
            if key[0] == kind and parent in members:
                needs = {self._up[need].key for need in self._needs_of(key) if need in self._up} - {parent}
                if needs & members:
                    found.add(key)
        return found

    def _sort_key(self, step: Step) -> tuple[Any, ...]:
        side = self._changes.current if step.action == "down" else self._changes.desired
        item: Any = side.items[step.key]
        kind = KINDS[step.key[0]]
        root, section = _root(side, step.key)
        if step.action == "down":
            return (-section, root, -kind.section, "", (), step.key)
        return (section, root, kind.section, kind.name, kind.sort_key(item), step.key)


def needs_of(snapshot: Snapshot, key: Key) -> Iterable[Key]:
    """Everything that the object needs in that database: recorded, structural, and by its kind's own word."""
    item: Any = snapshot.items[key]
    kind = KINDS[key[0]]
    parent = item.parent
    if parent is not None:
        yield parent
    yield from kind.needs(item)
    if not item.is_attribute:
        yield from snapshot.dependencies.needs.get(key, ())


def _root(snapshot: Snapshot, key: Key) -> tuple[tuple[str, ...], int]:
    """The object that the item finally lives in, and its band: a table's policies are written next to it."""
    item: Item | None = snapshot.items.get(key)
    parent = item.parent if item is not None else None
    if parent is None or parent not in snapshot.items:
        return key[1], KINDS[key[0]].section // 10
    return _root(snapshot, parent)


def names_left(item: Item, stays: Item | None) -> list[Name]:
    """The names that `item` takes and `stays`, what it was or will be, does not."""
    found, kept = _names(item), [] if stays is None else _names(stays)
    return [name for name in found if name not in kept]


def _names(item: Item) -> list[Name]:
    kind = KINDS[item.kind]
    return [*kind.names(item), *(other.name for other in kind.other_names(item))]
