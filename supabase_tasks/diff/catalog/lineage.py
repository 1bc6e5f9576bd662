"""Which table inherits from, or is a partition of, which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from supabase_tasks.diff.catalog.item import Item, Key


class Lineage:
    """The parents and children of the tables of one snapshot."""

    def __init__(self, items: Mapping[Key, Item]) -> None:
        tables: dict[str, Key] = {".".join(key[1]): key for key in items if key[0] == "table"}
        self.parents: dict[Key, tuple[Key, ...]] = {}
        self.children: dict[Key, list[Key]] = {}
        for key in tables.values():
            table: Any = items[key]
            found = tuple(tables[name] for name in table.parent_keys if name in tables)
            if found:
                self.parents[key] = found
            for parent in found:
                self.children.setdefault(parent, []).append(key)

    def ancestors(self, table: Key) -> list[Key]:
        """Parents, their parents and so on, nearest first."""
        return _walk(self.parents, table)

    def descendants(self, table: Key) -> list[Key]:
        """Children, their children and so on, nearest first."""
        return _walk(self.children, table)

    def outsiders(self, table: Key) -> Iterator[tuple[Key, Key]]:
        """The descendants that have a parent beyond the table and its descendants, each with that parent."""
        family = [table, *self.descendants(table)]
        for child in family[1:]:
            for parent in self.parents[child]:
                if parent not in family:
                    yield child, parent


def _walk(steps: Mapping[Key, tuple[Key, ...]] | Mapping[Key, list[Key]], start: Key) -> list[Key]:
    found: list[Key] = []
    waiting = [start]
    for key in waiting:
        for other in sorted(steps.get(key, ())):
            if other not in found:
                found.append(other)
                waiting.append(other)
    return found
