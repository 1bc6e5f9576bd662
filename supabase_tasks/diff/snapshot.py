"""A database as typed values: one catalog query per kind, all in one pipeline, whole database at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.dependencies import QUERY as DEPENDENCIES
from supabase_tasks.diff.dependencies import Dependencies
from supabase_tasks.diff.kind import Address, Item, Key
from supabase_tasks.diff.scope import Scope
from supabase_tasks.diff.unmodelled import QUERY as UNMODELLED

if TYPE_CHECKING:
    import psycopg

# Deparsed names are qualified when nothing is on the path; the other settings change how values are deparsed.
_SETTINGS = (
    "SELECT set_config('search_path', '', false), set_config('DateStyle', 'ISO, MDY', false),"
    " set_config('IntervalStyle', 'postgres', false), set_config('TimeZone', 'UTC', false),"
    " set_config('bytea_output', 'hex', false), set_config('extra_float_digits', '1', false),"
    " set_config('quote_all_identifiers', 'off', false)"
)


@dataclass(frozen=True)
class Snapshot:
    """Every compared object of one database, with what depends on what. `version` is the server's (170010 is 17.10),
    `unmodelled` are the kinds and names of objects that no kind reads."""

    items: Mapping[Key, Item]
    dependencies: Dependencies
    version: int
    unmodelled: frozenset[tuple[str, str]] = frozenset()

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


def take(connection: psycopg.Connection[Any], scope: Scope | None = None) -> Snapshot:
    """Read the database behind `connection` (a handful of catalog queries in one round trip).

    Sets search_path and output settings of the session. Raises psycopg's errors as they are.
    """
    from supabase_tasks.diff.kinds import KINDS

    kinds = list(KINDS.values())
    queries = [kind.query for kind in kinds if kind.query] + [DEPENDENCIES, UNMODELLED]
    results = _pipelined(connection, queries)
    scope = scope or Scope()
    strange = ((str(row[0]), str(row[1])) for row in results.pop()[2])
    unmodelled = frozenset(pair for pair in strange if not scope.ignores(pair[0].replace(" ", "_"), (pair[1],)))
    dependency_rows = results.pop()[2]
    found: list[Item] = []
    reads = iter(results)
    for kind in kinds:
        if kind.query:
            names, arrays, rows = next(reads)
            found += [item for item in kind.read(names, arrays, rows) if not scope.ignores(item.kind, item.identity)]
    return _assemble(found, dependency_rows, connection.info.server_version, unmodelled)


# pg_type: text[], name[], int4[], "char"[].
_ARRAYS = (1009, 1003, 1007, 1002)


def _pipelined(
    connection: psycopg.Connection[Any], queries: Iterable[str]
) -> list[tuple[list[str], list[int], list[Any]]]:
    with connection.pipeline():
        connection.execute(_SETTINGS)
        cursors = [connection.execute(query, prepare=True) for query in queries]
    found = []
    for cursor in cursors:
        columns = cursor.description or []
        arrays = [place for place, column in enumerate(columns) if column.type_code in _ARRAYS]
        found.append(([column.name for column in columns], arrays, cursor.fetchall()))
    return found


def _assemble(
    found: list[Item], dependency_rows: list[Any], version: int, unmodelled: frozenset[tuple[str, str]]
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
    return Snapshot(resolved, dependencies, version, unmodelled)
