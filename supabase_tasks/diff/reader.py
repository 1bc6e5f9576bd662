"""Reading a database: its catalog as rows by the kinds' queries, and the snapshot that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff import column_places
from supabase_tasks.diff.catalog import rows, rows_cache, unmodelled
from supabase_tasks.diff.catalog.dependencies import QUERY as DEPENDENCIES
from supabase_tasks.diff.catalog.dependencies import Dependencies, pack
from supabase_tasks.diff.catalog.item import Address, Item, Key
from supabase_tasks.diff.catalog.rows import Catalog, Query
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.kind import Kind

if TYPE_CHECKING:
    import psycopg


@cache
def _queries() -> tuple[Query, ...]:
    kinds = (Query(kind.query, (kind.found_in,) if kind.found_in else ()) for kind in KINDS.values() if kind.query)
    return (*kinds, Query(DEPENDENCIES), Query(unmodelled.query(KINDS), unmodelled.FOUND_IN))


def read_catalog(connection: psycopg.Connection[Any], *, kept_in: Path | None = None, name: str = "") -> Catalog:
    """The rows of the database behind `connection`. Sets search_path and output settings of the session.

    Those of a database that never changes (a template, whose `name` says what is in it) are kept in the folder `kept_in`, and
    read from there the next time.
    """
    if kept_in is None:
        return rows.read(connection, _queries())
    path = cache_path(kept_in, name)
    kept = rows_cache.load(path)
    if kept is not None:
        return kept
    rows_cache.save(path, rows.read(connection, _queries()))
    return rows_cache.load(path) or rows.read(connection, _queries())


def cache_path(folder: Path, name: str) -> Path:
    """Where `read_catalog` keeps the catalog of the database `name` in `folder`."""
    return rows_cache.cache_path(folder, name, _queries())


def read_snapshot(
    connection: psycopg.Connection[Any], scope: Scope | None = None, *, like: Snapshot | None = None
) -> Snapshot:
    """Read the database behind `connection` (a few round trips, whatever its size).

    What `like` has too is kept once: texts, and objects that differ in their address only. Sets search_path and output
    settings of the session. Raises psycopg's errors as they are.
    """
    return snapshot_of(read_catalog(connection), scope, like=like)


def snapshot_of(catalog: Catalog, scope: Scope | None = None, *, like: Snapshot | None = None) -> Snapshot:
    """The snapshot of a database whose catalog was read."""
    scope = scope or Scope()
    items = _Items(scope, like)
    for kind in KINDS.values():
        if kind.query:
            answer = next(catalog.answers)
            items.add(kind, kind.read(answer.names, answer.arrays, answer.rows, items.texts))
    dependencies = Dependencies(items.addresses, pack(next(catalog.answers).rows))
    strange = ((str(row[0]), str(row[1]), str(row[2])) for row in next(catalog.answers).rows)
    unread = frozenset(thing for thing in strange if not scope.ignores(thing[0].replace(" ", "_"), (thing[1],)))
    return Snapshot(items.resolve(), dependencies, catalog.version, unread, items.texts)


class _Items:
    """Items as they come: what belongs to another object waits until every address is known."""

    def __init__(self, scope: Scope, like: Snapshot | None) -> None:
        self.texts: dict[Any, Any] = like.texts if like else {}
        self.addresses: dict[Address, Key] = {}
        self._scope = scope
        self._known: Mapping[Key, Item] = like.items if like else {}
        self._found: dict[Key, Item] = {}
        self._waiting: list[Item] = []

    def add(self, kind: Kind[Any], items: Iterable[Item]) -> None:
        waits = kind.item.resolve is not Item.resolve
        for item in items:
            if self._scope.ignores(item.kind, item.identity):
                continue
            key = self._once(item.key)
            if not kind.item.is_attribute:
                self.addresses.setdefault(item.address, key)
            if waits:
                self._waiting.append(item)
            else:
                self._keep(key, item)

    def resolve(self) -> Mapping[Key, Item]:
        for item in self._waiting:
            found = item.resolve(self.addresses)
            if found is not None:
                self._keep(self._once(found.key), found)
        column_places.in_any_order(self._found)
        return self._found

    def _once(self, key: Key) -> Key:
        found: Key = self.texts.setdefault(key, key)
        return found

    def _keep(self, key: Key, item: Item) -> None:
        known = self._known.get(key)
        self._found[key] = known if known is not None and _alike(known, item) else item


def _alike(one: Item, other: Item) -> bool:
    """Whether they are the same in all but their address, also in what is not compared."""
    return all(getattr(one, name) == getattr(other, name) for name in _fields(one.kind))


@cache
def _fields(kind: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(KINDS[kind].item) if field.name != "address")
