"""pg_depend between the objects of a snapshot.

Addresses that are no object of ours (a view's rule, a column's default, a table's row type, an index behind a
constraint, an extension's member) stand for the object they belong to: the one they depend on internally.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from supabase_tasks.diff.kind import Address, Key

# OIDs below 16384 are PostgreSQL's own; dependencies on them say nothing.
QUERY = """
SELECT classid::int8, objid::int8, objsubid, refclassid::int8, refobjid::int8, refobjsubid, deptype::text
FROM pg_catalog.pg_depend
WHERE (refobjid >= 16384 OR refobjid = 2200) AND objid >= 16384
"""

_CLASS = 1259
# PostgreSQL documentation, pg_depend: internal, partition, extension and automatic dependencies name the owner.
_OWNING = "iPSea"


_Row = tuple[int, int, int, int, int, int, str]


def packed(rows: Iterable[Sequence[Any]]) -> array[int]:
    """The rows as numbers side by side, a fifth of the memory: 1,000 tables have 45,000 of them."""
    links = array("q")
    for *numbers, kind in rows:
        links.extend(numbers)
        links.append(ord(kind))
    return links


def _unpacked(links: array[int]) -> Iterator[_Row]:
    numbers = iter(links)
    for first, second, third, fourth, fifth, sixth, kind in zip(*[numbers] * 7, strict=True):
        yield first, second, third, fourth, fifth, sixth, chr(kind)


@dataclass(frozen=True)
class Dependencies:
    """What each object needs (`needs`) and what needs it (`users`), reckoned when first asked for: databases that are
    equal never ask. `links` are the rows of the query as `packed` keeps them."""

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
    def _pairs(self) -> list[tuple[Key, Key]]:
        rows = list(_unpacked(self.links))
        resolve = _Resolver(self.addresses, rows).key
        found = []
        for catalog, oid, part, needed_catalog, needed_oid, needed_part, kind in rows:
            dependant = resolve((catalog, oid, part))
            needed = resolve((needed_catalog, needed_oid, needed_part))
            if dependant is None or needed is None or dependant == needed:
                continue
            # A serial's sequence and column name each other; that the column takes it along is `sequence_owner`.
            if not (dependant[0] == "sequence" and kind == "a"):
                found.append((dependant, needed))
        return found


class _Resolver:
    def __init__(self, addresses: Mapping[Address, Key], rows: Sequence[_Row]) -> None:
        self._addresses = addresses
        self._memo: dict[Address, Key | None] = {}
        self._owners: dict[Address, Address] = {}
        strength: dict[Address, int] = {}
        for catalog, oid, part, needed_catalog, needed_oid, needed_part, kind in rows:
            rank = _OWNING.find(kind)
            address = (catalog, oid, part)
            if rank >= 0 and address not in addresses and rank < strength.get(address, len(_OWNING)):
                self._owners[address] = (needed_catalog, needed_oid, needed_part)
                strength[address] = rank

    def key(self, address: Address) -> Key | None:
        if address in self._memo:
            return self._memo[address]
        self._memo[address] = None
        found = self._addresses.get(address)
        if found is None and address[2]:
            found = self.key((address[0], address[1], 0))
        if found is None and address in self._owners:
            found = self.key(self._owners[address])
        self._memo[address] = found
        return found
