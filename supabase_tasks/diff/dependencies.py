"""pg_depend between the objects of a snapshot.

Addresses that are no object of ours (a view's rule, a column's default, a table's row type, an index behind a
constraint, an extension's member) stand for the object they belong to: the one they depend on internally.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Dependencies:
    """What each object needs (`needs`) and what needs it (`users`)."""

    needs: Mapping[Key, frozenset[Key]]
    users: Mapping[Key, frozenset[Key]]
    addresses: Mapping[Address, Key] = field(repr=False)

    @classmethod
    def build(cls, addresses: Mapping[Address, Key], rows: Sequence[Any]) -> Dependencies:
        """From the objects' addresses and the rows of `QUERY`."""
        resolver = _Resolver(addresses, rows)
        needs: dict[Key, set[Key]] = {}
        users: dict[Key, set[Key]] = {}
        for row in rows:
            dependant, needed = resolver.key(row[:3]), resolver.key(row[3:6])
            if dependant is None or needed is None or dependant == needed:
                continue
            # A serial's sequence and column name each other; that the column takes it along is `sequence_owner`.
            if not (dependant[0] == "sequence" and row[6] == "a"):
                needs.setdefault(dependant, set()).add(needed)
                users.setdefault(needed, set()).add(dependant)
        return cls(
            {key: frozenset(found) for key, found in needs.items()},
            {key: frozenset(found) for key, found in users.items()},
            addresses,
        )


class _Resolver:
    def __init__(self, addresses: Mapping[Address, Key], rows: Sequence[Any]) -> None:
        self._addresses = addresses
        self._memo: dict[Address, Key | None] = {}
        self._owners: dict[Address, Address] = {}
        strength: dict[Address, int] = {}
        for row in rows:
            rank = _OWNING.find(row[6])
            if rank >= 0 and rank < strength.get(row[:3], len(_OWNING)):
                self._owners[row[:3]] = row[3:6]
                strength[row[:3]] = rank

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
