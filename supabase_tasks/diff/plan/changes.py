"""What differs between two snapshots, and what else has to move because PostgreSQL refuses to change it in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.common.kind import Hold

# What is held by what names a column of a held type.
_THROUGH_COLUMN = {Hold.TYPE: Hold.COLUMN_OF_TYPE}


@dataclass
class Changes:
    """The objects by what happens to them. `replaced` are dropped and created anew (some of them unchanged:
    `recreated`), `detached` are detached from an object that is replaced, then attached
    again; `dropped_with` are dropped with another."""

    current: Snapshot
    desired: Snapshot
    created: set[Key] = field(default_factory=set)
    dropped: set[Key] = field(default_factory=set)
    altered: set[Key] = field(default_factory=set)
    replaced: set[Key] = field(default_factory=set)
    recreated: set[Key] = field(default_factory=set)
    detached: dict[Key, Item] = field(default_factory=dict)
    dropped_with: dict[Key, Key] = field(default_factory=dict)

    @cached_property
    def fresh(self) -> frozenset[Key]:
        """What the current database does not have, or loses on the way."""
        return frozenset(self.created | self.replaced)

    @property
    def empty(self) -> bool:
        return not (self.created or self.dropped or self.altered or self.replaced or self.detached)


def find(current: Snapshot, desired: Snapshot, context: Context) -> Changes:
    """Compare, then close under the rules: what is replaced takes its children and dependants along."""
    changes = Changes(current, desired)
    for key in desired.items.keys() - current.items.keys():
        changes.created.add(key)
    for key in current.items.keys() - desired.items.keys():
        changes.dropped.add(key)
    for key, old in current.items.items():
        new = desired.items.get(key)
        if new is None or old == new:
            continue
        kind = KINDS[key[0]]
        intermediate = kind.intermediate(old, new, context)
        if kind.replaces(old, new, context):
            changes.replaced.add(key)
        elif intermediate is not None:
            changes.detached[key] = intermediate
        else:
            changes.altered.add(key)
    _Closure(changes, context).run()
    _find_dropped_with(changes)
    return changes


class _Closure:
    def __init__(self, changes: Changes, context: Context) -> None:
        self._changes, self._context = changes, context
        self._queue: list[tuple[Key, frozenset[Hold] | None]] = []

    def run(self) -> None:
        changes = self._changes
        for key in sorted(changes.replaced):
            self._queue.append((key, None))
        for key in sorted(changes.altered | changes.detached.keys()):
            kind, old, new = KINDS[key[0]], changes.current.items[key], changes.desired.items[key]
            holds = kind.blocking_holds(old, new, self._context)
            if holds:
                self._queue.append((key, holds))
        while self._queue:
            self._spread(*self._queue.pop())

    def _spread(self, key: Key, holds: frozenset[Hold] | None) -> None:
        changes = self._changes
        for user in sorted(changes.current.dependencies.users.get(key, ())):
            if user not in changes.current.items or changes.current.items[user].is_attribute:
                continue
            if holds is None or holds & KINDS[user[0]].holds:
                self._move(user, key)
            elif user[0] == "column" and key[0] != "column":
                self._queue.append((user, frozenset(_THROUGH_COLUMN.get(hold, hold) for hold in holds)))
        if holds is None:
            self._children(key)

    def _move(self, user: Key, key: Key) -> None:
        changes = self._changes
        if user not in changes.desired.items or user in changes.replaced or user in changes.detached:
            return
        if self._parent(user) == key or (user[0] == "column" and key[0] == "table"):
            return
        if user[0] == "sequence":
            return
        kind, old = KINDS[user[0]], changes.current.items[user]
        left = kind.detach(old, self._context)
        if left is not None:
            if left != old:
                changes.detached[user] = left
                changes.altered.discard(user)
            return
        self._replace(user)

    def _replace(self, key: Key) -> None:
        changes = self._changes
        if key not in changes.altered:
            changes.recreated.add(key)
        changes.altered.discard(key)
        changes.replaced.add(key)
        self._queue.append((key, None))

    def _children(self, key: Key) -> None:
        """A replaced object's children vanish with it and are created with it."""
        changes = self._changes
        for child in changes.current.children.get(key, ()):
            if child in changes.desired.items:
                if child not in changes.altered and child not in changes.replaced:
                    changes.recreated.add(child)
                changes.altered.discard(child)
                changes.replaced.add(child)
                self._queue.append((child, None))

    def _parent(self, key: Key) -> Key | None:
        return self._changes.current.items[key].parent


def _find_dropped_with(changes: Changes) -> None:
    """Find the drops that another drop does: children of what goes, sequences of columns that go."""
    going = changes.dropped | changes.replaced
    for key in sorted(going):
        for container in _containers(changes.current, key):
            if container in going:
                changes.dropped_with[key] = container
                break


def _containers(snapshot: Snapshot, key: Key) -> Iterable[Key]:
    item: Any = snapshot.items[key]
    kind = KINDS[key[0]]
    parent = item.parent
    if parent is not None and kind.bound:
        yield parent
    if key[0] == "sequence":
        owner = snapshot.get("sequence_owner", *key[1])
        if owner is not None:
            yield ("column", (owner.table_schema, owner.table, owner.column))
            yield ("table", (owner.table_schema, owner.table))
