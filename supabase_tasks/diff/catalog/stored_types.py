"""Which objects hold values of a type: columns, and the types that are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from supabase_tasks.diff.catalog.item import Item, Key


def element(type_name: str) -> str:
    """The type of an array's elements; another type is its own. PostgreSQL writes every array with one `[]`."""
    return type_name.removesuffix("[]")


class StoredTypes:
    """The types of one snapshot and what holds their values. A table is a type too: that of its rows."""

    def __init__(self, items: Mapping[Key, Item]) -> None:
        self._items = items
        self._by_name = {name: key for key, item in items.items() for name in item.type_names}
        self._holders: dict[Key, list[Key]] = {}
        for key, item in items.items():
            for used in dict.fromkeys(self.parts(item)):
                self._holders.setdefault(used, []).append(key)

    def parts(self, item: Item) -> Iterator[Key]:
        """The types, known to the snapshot, whose values the item holds at first hand."""
        for name in item.held_types:
            found = self._by_name.get(element(name))
            if found is not None:
                yield found

    def find(self, type_name: str) -> Key | None:
        """The type, or the type of the array's elements, of that name."""
        return self._by_name.get(element(type_name))

    def is_checked(self, type_name: str) -> bool:
        """Whether each value of the type itself is looked at: a domain with a check or NOT NULL, or one over such a domain."""
        found: Any = self._items.get(self._by_name.get(type_name, ("", ())))
        if found is None or found.kind != "domain":
            return False
        return bool(found.checks or found.not_null) or self.is_checked(found.type)

    def holders(self, key: Key) -> list[Key]:
        """The columns of the type (or of arrays of it) and the types made of it, sorted."""
        return sorted(self._holders.get(key, ()))

    def columns(self, key: Key) -> list[Key]:
        """All columns in whose values one of the type can be, however deep, sorted."""
        return sorted(holder for holder in self._all_holders(key) if holder[0] == "column")

    def contains(self, item: Item, key: Key) -> bool:
        """Whether values of `item` hold values of the type, however deep."""
        holders = self._all_holders(key)
        return any(part == key or part in holders for part in self.parts(item))

    def is_nested(self, key: Key) -> bool:
        """Whether a column holds the type (or a domain over it) inside of an array, a composite, a range or a table's row."""
        for holder in self._holders.get(key, ()):
            item = self._items[holder]
            if holder[0] == "column" and any(name.endswith("[]") for name in item.held_types):
                return True
            if holder[0] == "column" and self.columns(("table", holder[1][:2])):
                return True
            if holder[0] != "column":
                inside = holder[0] != "domain" or any(name.endswith("[]") for name in item.held_types)
                if self.columns(holder) if inside else self.is_nested(holder):
                    return True
        return False

    def _all_holders(self, key: Key) -> set[Key]:
        found: set[Key] = set()
        waiting = [key]
        while waiting:
            for holder in self._holders.get(waiting.pop(), ()):
                if holder not in found:
                    found.add(holder)
                    waiting.append(holder)
        return found
