"""The order that no single dependency tells: around swapped types, columns that wait as text, and parents that change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.lineage import Lineage
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common import persistence
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.graph import Graph
from supabase_tasks.diff.plan.inherited import comes_anew, comes_from_below, is_demanded, stays_behind
from supabase_tasks.diff.plan.step import Step

Steps = Mapping[Key, Step]


def swap_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """Whatever names a column that goes over to a new type is away meanwhile."""
    for key, leader in changes.swap_of.items():
        swap = Step("alter", leader)
        for before, after in ((down[key], swap), (swap, up[key])):
            graph.edge(before, after)
        for column in changes.moved & set(changes.current.stored.holders(key)):
            for user in changes.current.dependencies.users.get(column, ()):
                if user in down and down[user].action == "down":
                    graph.edge(down[user], swap)
            for user in changes.desired.dependencies.users.get(column, ()):
                if user in up and up[user].action == "up":
                    graph.edge(swap, up[user])


def parking_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """A column is text before the change it waits for, and gets its type back after it."""
    for column, causes in changes.parked.items():
        for cause in causes:
            swaps = [Step("alter", changes.swap_of[key]) for key in _types_of(changes, cause)]
            for step in (*swaps, *(steps[cause] for steps in (up, down) if cause in steps)):
                if step.key != column:
                    graph.edge(down[column], step)
                    graph.edge(step, up[column])


def stored_row_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """Rows that wait as text have the columns that the table has from the one end to the other."""
    for key in (*changes.dropped, *changes.created):
        if key[0] != "column" or not changes.parked:
            continue
        for column in changes.current.stored.columns(("table", key[1][:2])):
            if column in changes.parked and key in changes.dropped:
                graph.edge(down[key], down[column])
            elif column in changes.parked:
                graph.edge(up[column], up[key])


def _types_of(changes: Changes, column: Key) -> list[Key]:
    if column not in changes.moved:
        return []
    return [key for key in changes.current.stored.parts(changes.current.items[column]) if key in changes.swapped]


def lineage_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """A table leaves its parent before the parent changes, and joins one when both have what the parent has."""
    for table in changes.leaving:
        for key in chain(_children(changes, table), _above(changes, table, changes.current.lineage)):
            for steps in (up, down):
                if key in steps:
                    graph.edge(down[table], steps[key])
    for table in changes.joining:
        _joining_edges(graph, changes, table, up, down)
    _column_edges(graph, changes, up, down)
    _heir_edges(graph, changes, up, down)


def _joining_edges(graph: Graph[Step], changes: Changes, table: Key, up: Steps, down: Steps) -> None:
    own = (key for key in _children(changes, table) if is_demanded(changes, key))
    for key in own:
        if key in up:
            graph.edge(up[key], up[table])
    for key in _children(changes, table):
        if key[0] == "trigger" and key in down and down[key].action == "down":
            graph.edge(down[key], up[table])
        # The keys that it gets by joining have their names given afterwards; what goes is not taken for one of them.
        if KINDS[key[0]].named_after_partition and not is_demanded(changes, key):
            if key in down and down[key].action == "down":
                graph.edge(down[key], up[table])
            if key in changes.fresh and changes.desired.items[key].inherited:
                graph.edge(up[table], up[key])
    for key in _above(changes, table, changes.desired.lineage):
        matters = key[0] == "column" or getattr(changes.desired.items.get(key), "type", "") == "c"
        if matters and key in up and up[key].key != table:
            first, then = up[key], up[table]
            graph.edge(*((then, first) if _is_new_in_both(changes, table, key) else (first, then)))


def _column_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """What is done to a parent's column is done to its children's, over what they have of their own; what hangs on a
    child's is away before the parent's is dropped."""
    for above, key in _pairs_of_columns(changes.desired):
        if key not in up:
            continue
        if comes_from_below(changes, key):
            _first_below(graph, changes, key, up)
        elif above in up and (up[key].key, up[above].key) == (key, above):
            graph.edge(up[above], up[key])
    for above, key in _pairs_of_columns(changes.current):
        steps = (down.get(key), down.get(above))
        if steps == (Step("down", key), Step("down", above)) and ("table", key[1][:2]) not in changes.leaving:
            # One that stays behind is the child's own by then.
            first, then = (above, key) if stays_behind(changes, key) else (key, above)
            graph.edge(down[first], down[then])


def _first_below(graph: Graph[Step], changes: Changes, key: Key, up: Steps) -> None:
    for ancestor in changes.desired.lineage.ancestors(("table", key[1][:2])):
        above: Key = ("column", (*ancestor[1], key[1][2]))
        if above in changes.created and above in up:
            graph.edge(up[key], up[above])


def partition_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """A new partition gets the new indexes of its table when it is made, and not those, or the keys, that partitions lack."""
    for key in changes.fresh:
        if key[0] != "table" or getattr(changes.desired.items[key], "bound", None) is None:
            continue
        for parent in changes.desired.lineage.parents.get(key, ()):
            for index in changes.desired.children.get(parent, ()):
                lacking = getattr(changes.desired.items[index], "only", False)
                if index in changes.fresh and (index[0] == "index" or lacking):
                    pair = (up[index], up[key])
                    graph.edge(*(pair[::-1] if lacking else pair))


def persistence_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """Tables that become unlogged, or logged, do so in the order that the foreign keys between them demand."""
    for key, first, then in persistence.pairs(changes.current, changes.desired):
        if first not in changes.altered or then not in changes.altered:
            continue
        if key not in down:
            graph.edge(up[first], up[then])
        for table in (first, then) if key in down else ():
            graph.edge(down[key], up[table])
            if key in up:
                graph.edge(up[table], up[key])


def privilege_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """Default privileges that go are gone before anything is created that would get them."""
    gone = [down[key] for key in changes.dropped if key[0] == "default_privilege" and down[key].key == key]
    if not gone:
        return
    for key in changes.fresh:
        parent = changes.desired.items[key].parent
        if key[0] == "grant" and parent is not None and parent in up:
            for step in gone:
                graph.edge(step, up[parent])


def _heir_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """What names a child's column is away while the parent's changes, which changes the child's."""
    for side, steps in ((changes.current, down), (changes.desired, up)):
        for table in side.lineage.parents:
            above = [key for ancestor in side.lineage.ancestors(table) for key in side.children.get(ancestor, ())]
            for key in above:
                if key[0] != "column" or key not in steps:
                    continue
                for user in side.dependencies.users.get(("column", (*table[1], key[1][2])), ()):
                    if user in steps and steps[user] != steps[key] and steps[user].action != "alter":
                        pair = (steps[user], steps[key])
                        graph.edge(*(pair if side is changes.current else pair[::-1]))


def rebuilt_edges(graph: Graph[Step], changes: Changes, up: Steps, down: Steps) -> None:
    """What PostgreSQL forgets is said after the change by which it does, which may be one of a parent's column."""
    for key in changes.forgotten & changes.detached.keys():
        parent = changes.desired.items[key].parent
        if parent is None or parent[0] != "table":
            continue
        for ancestor in changes.desired.lineage.ancestors(parent):
            for column in changes.desired.children.get(ancestor, ()):
                if column[0] == "column" and column in up:
                    graph.edge(up[column], up[key])


def _pairs_of_columns(side: Snapshot) -> Iterator[tuple[Key, Key]]:
    """The columns of parents, each with a child's column of the same name."""
    for table, parents in side.lineage.parents.items():
        for key in side.children.get(table, ()):
            if key[0] == "column":
                for parent in parents:
                    yield ("column", (*parent[1], key[1][2])), key


def _is_new_in_both(changes: Changes, table: Key, above: Key) -> bool:
    """Whether a parent gets a column or check that the table has not either: added to the parent it comes to both."""
    below: Key = (above[0], (*table[1], above[1][-1]))
    return comes_anew(changes, above) and below in changes.created and KINDS[above[0]].inline


def _children(changes: Changes, table: Key) -> Iterator[Key]:
    yield from dict.fromkeys(
        chain(changes.current.children.get(table, ()), changes.desired.children.get(table, ())),
    )


def _above(changes: Changes, table: Key, lineage: Lineage) -> Iterator[Key]:
    for ancestor in lineage.ancestors(table):
        for key in _children(changes, ancestor):
            if KINDS[key[0]].has_children:
                yield key
