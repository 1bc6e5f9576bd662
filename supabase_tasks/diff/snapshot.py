"""A database as typed values, made from the rows of its catalog, whole database at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff import catalog
from supabase_tasks.diff.catalog import Catalog
from supabase_tasks.diff.dependencies import Dependencies
from supabase_tasks.diff.kind import Address, Item, Key
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
        return [item for key, item in sorted(self.items.items(), key=lambda pair: pair[0]) if key[0] == kind]

    def get(self, kind: str, *identity: str) -> Any:
        """The item, or None."""
        return self.items.get((kind, identity))


def take(connection: psycopg.Connection[Any], scope: Scope | None = None, *, like: Snapshot | None = None) -> Snapshot:
    """Read the database behind `connection` (a handful of catalog queries in one round trip).

    Texts that `like` has too are kept once. Sets search_path and output settings of the session. Raises psycopg's
    errors as they are.
    """
    return of(catalog.read(connection), scope, like=like)


def of(read: Catalog, scope: Scope | None = None, *, like: Snapshot | None = None) -> Snapshot:
    """The snapshot of a database whose catalog was read."""
    from supabase_tasks.diff.kinds import KINDS

    scope = scope or Scope()
    texts = like.texts if like else {}
    found: list[Item] = []
    for kind in KINDS.values():
        if kind.query:
            answer = next(read.answers)
            items = kind.read(answer.names, answer.arrays, answer.rows, texts)
            found += [item for item in items if not scope.ignores(item.kind, item.identity)]
    dependencies, unmodelled = read.answers
    strange = ((str(row[0]), str(row[1])) for row in unmodelled.rows)
    unread = frozenset(pair for pair in strange if not scope.ignores(pair[0].replace(" ", "_"), (pair[1],)))
    return _assemble(found, dependencies.rows, read.version, unread, texts)


def _assemble(
    found: list[Item],
    dependency_rows: list[Any],
    version: int,
    unmodelled: frozenset[tuple[str, str]],
    texts: dict[Any, Any],
) -> Snapshot:
    from supabase_tasks.diff.kinds import KINDS

    addresses: dict[Address, Key] = {}
    for item in found:
        if not KINDS[item.kind].satellite:
            addresses.setdefault(item.address, item.key)
    dependencies = Dependencies(addresses, dependency_rows)
    resolved: dict[Key, Item] = {}
    for item in found:
        settled = KINDS[item.kind].settle(item, dependencies)
        if settled is not None:
            resolved[settled.key] = settled
    return Snapshot(resolved, dependencies, version, unmodelled, texts)
