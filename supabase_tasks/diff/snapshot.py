"""A database as typed values, made from the rows of its catalog, whole database at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff import catalog
from supabase_tasks.diff.catalog import Catalog
from supabase_tasks.diff.dependencies import Dependencies, packed
from supabase_tasks.diff.kind import Address, Item, Key, Kind
from supabase_tasks.diff.scope import Scope

if TYPE_CHECKING:
    import psycopg


@dataclass(frozen=True)
class Snapshot:
    """Every compared object of one database, with what depends on what. `version` is the server's (170010 is 17.10),
    `unmodelled` are the kinds and names of objects that no kind reads, `texts` every text of it, by itself."""

    items: Mapping[Key, Item]
    dependencies: Dependencies
    version: int
    unmodelled: frozenset[tuple[str, str]] = frozenset()
    texts: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

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
        from supabase_tasks.diff.kinds import KINDS

        found: dict[Key, list[Key]] = {}
        for key, item in self.items.items():
            parent = KINDS[item.kind].parent(item)
            if parent is not None:
                found.setdefault(parent, []).append(key)
        return {parent: tuple(sorted(keys)) for parent, keys in found.items()}

    def of(self, kind: str) -> list[Any]:
        """The items of one kind, in the order of their identities."""
        return [self.items[key] for key in sorted(self.keys.get(kind, ()))]

    def get(self, kind: str, *identity: str) -> Any:
        """The item, or None."""
        return self.items.get((kind, identity))


def take(connection: psycopg.Connection[Any], scope: Scope | None = None, *, like: Snapshot | None = None) -> Snapshot:
    """Read the database behind `connection` (a few round trips, whatever its size).

    What `like` has too is kept once: texts, and objects that differ in their address only. Sets search_path and output
    settings of the session. Raises psycopg's errors as they are.
    """
    return of(catalog.read(connection), scope, like=like)


def of(read: Catalog, scope: Scope | None = None, *, like: Snapshot | None = None) -> Snapshot:
    """The snapshot of a database whose catalog was read."""
    from supabase_tasks.diff.kinds import KINDS

    scope = scope or Scope()
    making = _Making(scope, like)
    for kind in KINDS.values():
        if kind.query:
            answer = next(read.answers)
            making.add(kind, kind.read(answer.names, answer.arrays, answer.rows, making.texts))
    dependencies = Dependencies(making.addresses, packed(next(read.answers).rows))
    strange = ((str(row[0]), str(row[1])) for row in next(read.answers).rows)
    unread = frozenset(pair for pair in strange if not scope.ignores(pair[0].replace(" ", "_"), (pair[1],)))
    return Snapshot(making.settled(dependencies), dependencies, read.version, unread, making.texts)


class _Making:
    """Items as they come: what belongs to another object waits until every address is known."""

    def __init__(self, scope: Scope, like: Snapshot | None) -> None:
        self.texts: dict[Any, Any] = like.texts if like else {}
        self.addresses: dict[Address, Key] = {}
        self._scope = scope
        self._known: Mapping[Key, Item] = like.items if like else {}
        self._items: dict[Key, Item] = {}
        self._waiting: list[Item] = []

    def add(self, kind: Kind[Any], items: Iterable[Item]) -> None:
        waits = type(kind).settle is not Kind.settle
        for item in items:
            if self._scope.ignores(item.kind, item.identity):
                continue
            key = self._once(item.key)
            if not kind.satellite:
                self.addresses.setdefault(item.address, key)
            if waits:
                self._waiting.append(item)
            else:
                self._keep(key, item)

    def settled(self, dependencies: Dependencies) -> Mapping[Key, Item]:
        from supabase_tasks.diff.kinds import KINDS

        for item in self._waiting:
            done = KINDS[item.kind].settle(item, dependencies)
            if done is not None:
                self._keep(self._once(done.key), done)
        return self._items

    def _once(self, key: Key) -> Key:
        found: Key = self.texts.setdefault(key, key)
        return found

    def _keep(self, key: Key, item: Item) -> None:
        twin = self._known.get(key)
        self._items[key] = twin if twin is not None and _alike(twin, item) else item


def _alike(one: Item, other: Item) -> bool:
    """Whether they are the same in all but their address, also in what is not compared."""
    return all(getattr(one, name) == getattr(other, name) for name in _fields(one.kind))


@cache
def _fields(kind: str) -> tuple[str, ...]:
    from supabase_tasks.diff.kinds import KINDS

    return tuple(field.name for field in fields(KINDS[kind].item) if field.name != "address")
