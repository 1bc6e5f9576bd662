"""A database as typed values: every object that is compared, and what depends on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from supabase_tasks.diff.catalog.dependencies import Dependencies
from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.lineage import Lineage
from supabase_tasks.diff.catalog.stored_types import StoredTypes


@dataclass(frozen=True)
class Snapshot:
    """Every compared object of one database, with what depends on what. `version` is the server's (170010 is 17.10),
    `unmodelled` are the kinds, names and definitions of what no kind reads, `texts` every text of it, by itself."""

    items: Mapping[Key, Item]
    dependencies: Dependencies
    version: int
    unmodelled: frozenset[tuple[str, str, str]] = frozenset()
    texts: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def names_in(self, schema: str) -> set[str]:
        """Every name in a schema: of its objects, and of what belongs to them."""
        return {part for _, identity in self.items if identity[:1] == (schema,) for part in identity[1:]}

    @cached_property
    def keys(self) -> Mapping[str, list[Key]]:
        """The keys of each kind."""
        found: dict[str, list[Key]] = {}
        for key in self.items:
            found.setdefault(key[0], []).append(key)
        return found

    @cached_property
    def children(self) -> Mapping[Key, tuple[Key, ...]]:
        """The objects that live in each object (a table's columns, constraints, policies), sorted."""
        found: dict[Key, list[Key]] = {}
        for key, item in self.items.items():
            if item.parent is not None:
                found.setdefault(item.parent, []).append(key)
        return {parent: tuple(sorted(keys)) for parent, keys in found.items()}

    @cached_property
    def stored(self) -> StoredTypes:
        """What holds values of which type."""
        return StoredTypes(self.items)

    @cached_property
    def lineage(self) -> Lineage:
        """Which table inherits from, or is a partition of, which."""
        return Lineage(self.items)

    def of(self, kind: str) -> list[Any]:
        """The items of one kind, in the order of their identities."""
        return [self.items[key] for key in sorted(self.keys.get(kind, ()))]

    def get(self, kind: str, *identity: str) -> Any:
        """The item, or None."""
        return self.items.get((kind, identity))
