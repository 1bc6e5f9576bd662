"""What else has to move because PostgreSQL refuses to change something in place.

Found by pg_depend: whatever uses an object that is dropped, created anew, or altered in a way that its users block, goes
before and comes back after, whatever its kind. What stays is what PostgreSQL rebuilds by itself (`Kind.rebuilt`), what is
changed to something else anyway (`Kind.releases`), and what can be detached (`Kind.detach`).
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.errors import impossible
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.casts import comparable
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.released import frees_itself, release

_VIEWS = ("view", "materialized_view")


class _Event(Enum):
    """What happens to an object, as those that use it feel it."""

    GONE = auto()  # dropped, perhaps created anew
    SWAPPED = auto()  # a type whose place a new one takes
    RETYPED = auto()  # a column whose type changes
    MOVED = auto()  # a column that goes over to a swapped type, or waits as text


def close(changes: Changes, context: Context) -> None:
    """Add to the changes what has to move with them. Raises `DiffError` (code `impossible`) naming what PostgreSQL cannot
    change."""
    _Closure(changes, context).run()


class _Closure:
    def __init__(self, changes: Changes, context: Context) -> None:
        self._changes, self._context = changes, context
        self._queue: list[tuple[Key, _Event]] = []
        self._refused: dict[Key, str] = {}

    def run(self) -> None:
        changes = self._changes
        self._queue = [(key, _Event.GONE) for key in sorted(changes.replaced | changes.dropped)]
        for key in sorted(changes.altered | changes.detached.keys()):
            if key not in changes.replaced:
                self._on_altered(key)
        while self._queue:
            self._spread(*self._queue.pop())
        for key in sorted(changes.created | changes.replaced):
            if key[0] == "column":
                self._on_added(key)
        if self._refused:
            raise impossible(self._refused)

    def _on_altered(self, key: Key) -> None:
        changes = self._changes
        old: Any = changes.current.items[key]
        new: Any = changes.desired.items[key]
        kind = KINDS[key[0]]
        if kind.swaps(old, new, self._context):
            self._swap(key)
        self._disturb(key, new)
        for user in sorted(kind.blocks(old, new, self._context)):
            self._move(user, key)
        if key[0] == "column" and (old.type, old.collation) != (new.type, new.collation):
            self._on_retyped(key, _Event.RETYPED, f"{old.type} becomes {new.type}")
        elif key[0] == "column" and old.generated != new.generated:
            self._park_rows_of(("table", key[1][:2]), key)
        elif key[0] == "table" and (old.unlogged, old.access_method) != (new.unlogged, new.access_method):
            self._park_rows_of(key, key)

    def _on_added(self, key: Key) -> None:
        """A computed column is written into every row, and one of a checked domain too, which PostgreSQL does not do where
        columns hold rows of the table; `ColumnKind.create` goes round it for the others."""
        changes = self._changes
        table: Key = ("table", key[1][:2])
        column: Any = changes.desired.items[key]
        written = column.generated is not None or column.identity_mode or changes.desired.stored.is_checked(column.type)
        if table in changes.replaced or not written:
            return
        for holder in changes.current.stored.columns(table):
            if holder in changes.desired.items and holder not in changes.replaced:
                self._refused[key] = f"{'.'.join(holder[1])} holds rows of {'.'.join(table[1])}"

    def _on_retyped(self, key: Key, event: _Event, why: str) -> None:
        """The column's type changes: refused in a partition key; rows that other columns hold wait as text."""
        changes = self._changes
        table: Key = ("table", key[1][:2])
        if table in changes.replaced:
            return
        if key in changes.current.dependencies.key_columns:
            self._refused[key] = f"it is in the partition key of {'.'.join(table[1])}, and {why}"
        given = changes.current.items[key].inherited
        for child, other in () if given else changes.current.lineage.outsiders(table):
            if child in changes.leaving or ("column", (*other[1], key[1][2])) not in changes.current.items:
                continue
            if not release(changes, child, key[1][2]):
                self._refused[key] = f"{'.'.join(child[1])} inherits it from {'.'.join(other[1])} too, and {why}"
        self._queue.append((key, event))
        self._park_rows_of(table, key)

    def _spread(self, key: Key, event: _Event) -> None:
        changes = self._changes
        for user in sorted(changes.current.dependencies.users.get(key, ())):
            if user not in changes.current.items or changes.current.items[user].is_attribute:
                continue
            if event in (_Event.RETYPED, _Event.MOVED) and self._follows(user, key, event):
                self._forget(user, key)
                continue
            # What holds its values moves, is swapped too, or leaves it by a change of its own.
            if event is _Event.SWAPPED and self._holds(user, key):
                continue
            self._move(user, key)
        if event is _Event.GONE:
            self._disturb(key, None)
            self._children(key)
        if event is _Event.SWAPPED:
            self._attributes(key)

    def _disturb(self, cause: Key, new: Any) -> None:
        for key in KINDS[cause[0]].disturbs(self._changes.current.items[cause], new, self._context):
            self._forget(key, cause)

    def _forget(self, key: Key, cause: Key) -> None:
        changes = self._changes
        if key not in changes.current.items or key not in changes.desired.items or key in changes.replaced:
            return
        left = KINDS[key[0]].forgets(changes.detached.get(key, changes.current.items[key]), cause, self._context)
        if left is not None:
            changes.detached[key] = left
            changes.forgotten.add(key)
            changes.altered.discard(key)

    def _follows(self, user: Key, column: Key, event: _Event) -> bool:
        """Whether PostgreSQL rebuilds the user of a column whose type changes."""
        if user[0] == "table" or not KINDS[user[0]].rebuilt:
            return user[0] == "table"
        if column in self._changes.parked or self._changes.goes_by_text(column):
            return False
        if getattr(self._changes.current.items[user], "type", "") != "f":
            return True
        old: Any = self._changes.current.items[column]
        new: Any = self._changes.desired.items.get(column)
        return event is _Event.RETYPED and new is not None and comparable(old.type, new.type)

    def _move(self, user: Key, gone: Key) -> None:
        """Take `user` away from `gone`: by its own change, detached, swapped, or dropped and created anew."""
        changes = self._changes
        if user not in changes.desired.items or user in changes.replaced or user[0] == "sequence":
            return
        if changes.current.items[user].parent == gone or frees_itself(changes, user, gone):
            return
        if user[0] == "table":
            self._move_table(user, gone)
        elif gone[0] in _VIEWS and self._holds(user, gone):
            self._leave_view(user, gone)
        elif user[0] == "column" and (gone[0] == "table" or changes.leaves_name(gone)) and self._holds(user, gone):
            self._park(user, gone)
        elif not self._detach(user, gone):
            if not KINDS[user[0]].is_type:
                self._replace(user)
            elif KINDS[gone[0]].is_type and not changes.leaves_name(gone):
                self._swap(user)
            else:
                self._rebuild(user)

    def _leave_view(self, user: Key, view: Key) -> None:
        """What holds rows of a view that is created anew waits as text, which is read in the order of the view's columns."""
        old, new = (side.items.get(view) for side in (self._changes.current, self._changes.desired))
        if old is not None and new is not None and [*old.parts(())] != [*new.parts(())]:
            self._refused[view] = f"{'.'.join(user[1])} holds rows of it, and its columns are not the same"
        elif user[0] == "column":
            self._park(user, view)
        else:
            self._rebuild(user)
            for column in self._changes.parked.keys() & set(self._changes.current.stored.columns(user)):
                self._changes.parked[column].add(view)

    def _move_table(self, user: Key, gone: Key) -> None:
        changes = self._changes
        if gone in changes.current.lineage.parents.get(user, ()):
            if gone in changes.replaced:
                self._replace(user)
        elif gone[0] in ("table", "column") or self._detach(user, gone):
            return
        else:
            what = changes.current.items[gone].label or " ".join([gone[0], ".".join(gone[1])])
            self._refused[user] = f"it is partitioned by, or made of, {what}, which has to be created anew"

    def _detach(self, user: Key, gone: Key) -> bool:
        changes = self._changes
        old = changes.current.items[user]
        left = KINDS[user[0]].detach(changes.detached.get(user, old), changes.current.items[gone], self._context)
        if left is None:
            return False
        if left != old:
            changes.detached[user] = left
            changes.altered.discard(user)
        return True

    def _replace(self, key: Key) -> None:
        changes = self._changes
        if key not in changes.altered and key not in changes.detached:
            changes.recreated.add(key)
        changes.altered.discard(key)
        changes.detached.pop(key, None)
        changes.replaced.add(key)
        self._queue.append((key, _Event.GONE))

    def _children(self, key: Key) -> None:
        """A replaced object's children are dropped with it and are created with it."""
        if key not in self._changes.replaced:
            return
        for child in self._changes.current.children.get(key, ()):
            if child in self._changes.desired.items and child not in self._changes.replaced:
                self._replace(child)

    def _attributes(self, key: Key) -> None:
        """Comment, grants and owner of a swapped type are those of the old one."""
        for child in self._changes.current.children.get(key, ()):
            if child in self._changes.desired.items:
                self._replace(child)

    def _swap(self, key: Key) -> None:
        """A new type takes its place in all that holds its values: types made of it are swapped too, columns move."""
        changes = self._changes
        if key in changes.swapped:
            return
        changes.swapped.add(key)
        changes.altered.discard(key)
        self._queue.append((key, _Event.SWAPPED))
        for holder in changes.current.stored.holders(key):
            if holder not in changes.desired.items or not self._still_holds(holder, key):
                continue
            if KINDS[holder[0]].is_type:
                self._swap(holder)
            elif holder[0] == "column":
                self._move_over(holder, key)

    def _move_over(self, column: Key, swapped: Key) -> None:
        changes = self._changes
        item: Any = changes.current.items[column]
        if column in changes.replaced or ("table", column[1][:2]) in changes.replaced:
            return
        if item.generated is not None:
            self._replace(column)
            return
        changes.moved.add(column)
        self._on_retyped(column, _Event.MOVED, f"{'.'.join(swapped[1])} has to be created anew")

    def _rebuild(self, key: Key) -> None:
        """A type is dropped and comes back later: columns wait as text, types made of it come and go with it."""
        changes = self._changes
        if key in changes.replaced:
            return
        changes.swapped.discard(key)
        self._replace(key)
        for holder in changes.current.stored.holders(key):
            if holder not in changes.desired.items:
                continue
            if KINDS[holder[0]].is_type:
                self._rebuild(holder)
            elif holder[0] == "column":
                changes.moved.discard(holder)
                self._park(holder, key)

    def _holds(self, user: Key, key: Key) -> bool:
        return key in self._changes.current.stored.parts(self._changes.current.items[user])

    def _still_holds(self, holder: Key, key: Key) -> bool:
        desired = self._changes.desired
        return key in desired.items and desired.stored.contains(desired.items[holder], key)

    def _park_rows_of(self, table: Key, cause: Key) -> None:
        """PostgreSQL does not write to the rows of a table, or of one below it, that are values of some column."""
        for each in (table, *self._changes.current.lineage.descendants(table)):
            for column in self._changes.current.stored.columns(each):
                self._park(column, cause)

    def _park(self, column: Key, cause: Key) -> None:
        changes = self._changes
        item: Any = changes.current.items[column]
        gone = changes.dropped | changes.replaced
        if column in gone or ("table", column[1][:2]) in gone:
            return
        if item.generated is not None:
            self._replace(column)
            return
        known = column in changes.parked
        changes.parked.setdefault(column, set()).add(cause)
        if known:
            return
        changes.detached[column] = replace(item, type="text", collation="", default=None, storage="")
        changes.altered.discard(column)
        self._on_retyped(column, _Event.MOVED, f"it has to wait as text while {'.'.join(cause[1])} changes")
