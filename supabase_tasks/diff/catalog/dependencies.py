"""pg_depend between the objects of a snapshot.

Addresses that are no object of ours (a view's rule, a column's default, a table's row type, an index behind a
constraint, an extension's member) stand for the object they belong to: the one they depend on internally.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from supabase_tasks.diff.catalog.item import Address, Key, address, catalog_of, whole

# OIDs below 16384 are PostgreSQL's own; dependencies on them say nothing.
QUERY = """
SELECT classid::int8, objid::int8, objsubid, refclassid::int8, refobjid::int8, refobjsubid, deptype::text
FROM pg_catalog.pg_depend
WHERE (refobjid >= 16384 OR refobjid = 2200) AND objid >= 16384
"""

# PostgreSQL documentation, pg_depend: internal, partition, extension and automatic dependencies name the owner.
_OWNING = "iPSea"
_PG_TYPE = 1247


_Link = tuple[Address, Address, str]


def pack(rows: Iterable[Sequence[Any]]) -> array[int]:
    """The rows as numbers side by side, a tenth of the memory: 1,000 tables have 45,000 of them."""
    links = array("Q")
    for catalog, oid, part, needed_catalog, needed_oid, needed_part, kind in rows:
        links.append(address(catalog, oid, part))
        links.append(address(needed_catalog, needed_oid, needed_part))
        links.append(ord(kind))
    return links


def _unpack(links: array[int]) -> Iterator[_Link]:
    numbers = iter(links)
    for dependant, needed, kind in zip(numbers, numbers, numbers, strict=True):
        yield dependant, needed, chr(kind)


@dataclass(frozen=True)
class Dependencies:
    """What each object needs (`needs`) and what needs it (`users`), reckoned when first asked for: databases that are
    equal never ask. `links` are the rows of the query as `pack` keeps them."""

    addresses: Mapping[Address, Key] = field(repr=False)
    links: array[int] = field(repr=False)

    @cached_property
    def needs(self) -> Mapping[Key, frozenset[Key]]:
        found: dict[Key, set[Key]] = {}
        for dependant, needed in self._pairs:
            found.setdefault(dependant, set()).add(needed)
        return {key: frozenset(keys) for key, keys in found.items()}

    @cached_property
    def users(self) -> Mapping[Key, frozenset[Key]]:
        found: dict[Key, set[Key]] = {}
        for dependant, needed in self._pairs:
            found.setdefault(needed, set()).add(dependant)
        return {key: frozenset(keys) for key, keys in found.items()}

    @cached_property
    def part_users(self) -> Mapping[Key, frozenset[Key]]:
        """What names a part of each object that is no object of ours: an attribute of a composite type."""
        return self._users_of_places(lambda used: used != whole(used))

    @cached_property
    def row_users(self) -> Mapping[Key, frozenset[Key]]:
        """What names the type of each table's rows, and so as many values as the table has columns: `ROW(1, 'a')::t`."""
        users = self._users_of_places(lambda used: catalog_of(used) == _PG_TYPE)
        return {key: found for key, found in users.items() if key[0] == "table"}

    def _users_of_places(self, is_meant: Callable[[Address], bool]) -> Mapping[Key, frozenset[Key]]:
        """What names the places meant that are no object of ours, by the object that they belong to."""
        rows = list(_unpack(self.links))
        resolve = _Resolver(self.addresses, rows).key
        found: dict[Key, set[Key]] = {}
        for user, used, _ in rows:
            if is_meant(used) and used not in self.addresses:
                dependant, needed = resolve(user), resolve(used)
                if dependant is not None and needed is not None and dependant != needed:
                    found.setdefault(needed, set()).add(dependant)
        return {key: frozenset(keys) for key, keys in found.items()}

    @cached_property
    def key_columns(self) -> frozenset[Key]:
        """The columns in partition keys, expressions included.

        Source: PostgreSQL 17, StorePartitionKey(): they are recorded as depending on their own table internally.
        """
        found = set()
        for column, table, kind in _unpack(self.links):
            if kind == "i" and column != table and whole(column) == table and column in self.addresses:
                found.add(self.addresses[column])
        return frozenset(found)

    @cached_property
    def _pairs(self) -> list[tuple[Key, Key]]:
        rows = list(_unpack(self.links))
        resolve = _Resolver(self.addresses, rows).key
        found = []
        for user, used, kind in rows:
            dependant, needed = resolve(user), resolve(used)
            if dependant is None or needed is None or dependant == needed:
                continue
            # A serial's sequence and column name each other; that the column takes it along is `sequence_owner`.
            if not (dependant[0] == "sequence" and kind == "a"):
                found.append((dependant, needed))
        return found


class _Resolver:
    def __init__(self, addresses: Mapping[Address, Key], rows: Sequence[_Link]) -> None:
        self._addresses = addresses
        self._memo: dict[Address, Key | None] = {}
        self._owners: dict[Address, Address] = {}
        strength: dict[Address, int] = {}
        for place, owner, kind in rows:
            rank = _OWNING.find(kind)
            if rank >= 0 and place not in addresses and rank < strength.get(place, len(_OWNING)):
                self._owners[place] = owner
                strength[place] = rank

    def key(self, place: Address) -> Key | None:
        if place in self._memo:
            return self._memo[place]
        self._memo[place] = None
        found = self._addresses.get(place)
        if found is None and place != whole(place):
            found = self.key(whole(place))
        if found is None and place in self._owners:
            found = self.key(self._owners[place])
        self._memo[place] = found
        return found
