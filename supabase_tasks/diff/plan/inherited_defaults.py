"""Defaults of columns around a change of their type: taken off and put back, on a parent for its children too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident, qualified

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.plan.changes import Changes


class InheritedDefaults:
    """What SET DEFAULT and DROP DEFAULT have to say, parents first: both are done to the children's columns as well.

    Source: PostgreSQL 17, ALTER TABLE: without ONLY, the action is done to the table and all its descendants.
    """

    def __init__(self, changes: Changes, columns: Sequence[Key]) -> None:
        self._changes = changes
        self.columns = sorted(columns, key=lambda key: (len(self._above(key)), key))
        self._now: dict[Key, str | None] = {key: self._held_default(key) for key in self.columns}

    def _above(self, column: Key) -> list[Key]:
        return self._changes.current.lineage.ancestors(("table", column[1][:2]))

    def _held_default(self, column: Key) -> str | None:
        item: Any = self._changes.detached.get(column) or self._changes.current.items[column]
        found: str | None = item.default
        return found

    def _set(self, column: Key, default: str | None) -> None:
        below = self._changes.current.lineage.descendants(("table", column[1][:2]))
        for table in (column[1][:2], *(key[1] for key in below)):
            self._now[("column", (*table, column[1][2]))] = default

    def taken_off(self) -> Iterator[Key]:
        """The columns that have one to lose before; a default is not cast along with its column."""
        for column in self.columns:
            if self._now[column] is not None:
                self._set(column, None)
                yield column

    def put_back(self, column: Key) -> str:
        """What is done to a column afterwards; asked in the order of `columns`. One whose type or default changes gets
        its default later, by its own change."""
        old: Any = self._changes.current.items[column]
        new: Any = self._changes.desired.items[column]
        kept = (old.type, old.default) == (new.type, new.default) and self._held_default(column) is not None
        wanted = new.default if kept else None
        if self._now[column] == wanted:
            return ""
        self._set(column, wanted)
        return "DROP DEFAULT" if wanted is None else f"SET DEFAULT {wanted}"


def correct_defaults(operations: Iterable[MigrateOperation], changes: Changes) -> list[MigrateOperation]:
    """What sets the defaults of children's columns right that the parent's SET or DROP DEFAULT has gone over."""
    over: dict[Key, str | None] = {}
    for operation in operations:
        if isinstance(operation, op.TableClause) and operation.kind == "column":
            key: Key = ("column", operation.identity)
            head, word, default = operation.clause.partition(" DEFAULT")
            if head in (f"ALTER COLUMN {ident(key[1][2])} {verb}" for verb in ("SET", "DROP")) and word:
                value = default.strip() or None
                over.pop(key, None)
                for table in changes.current.lineage.descendants(("table", key[1][:2])):
                    over[("column", (*table[1], key[1][2]))] = value
    return [_correction(key, changes) for key, value in sorted(over.items()) if _is_wrong(key, value, changes)]


def _is_wrong(key: Key, value: str | None, changes: Changes) -> bool:
    new: Any = changes.desired.items.get(key)
    gone = new is None or key in changes.fresh or changes.leaving & {("table", key[1][:2])}
    return not gone and new.default != value and new.generated is None


def _correction(key: Key, changes: Changes) -> MigrateOperation:
    default = getattr(changes.desired.items[key], "default")  # noqa: B009
    text = "DROP DEFAULT" if default is None else f"SET DEFAULT {default}"
    return op.TableClause("column", key[1], qualified(*key[1][:2]), f"ALTER COLUMN {ident(key[1][2])} {text}")
