"""What happens to each object that differs between two snapshots, or that has to move because another one does."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds import KINDS


@dataclass
class Changes:
    """The objects by what happens to them. `replaced` are dropped and created anew (some of them unchanged:
    `recreated`), `detached` are detached from an object that goes, then attached again (the value is what they are in
    between); `dropped_with` are dropped with another. `given` is what inherited objects are after their parent's change.
    `swapped` are types that a new type of the same name takes the place of, `moved` the columns that go over to the new
    types; `parked` are columns that wait as text while the tables whose rows they hold are changed, with the changes that
    they wait for. Of what is `forgotten`, PostgreSQL detaches by itself what has to be said anew. `released` are tables that
    leave all parents but the first ones while a column changes that several parents give them."""

    current: Snapshot
    desired: Snapshot
    created: set[Key] = field(default_factory=set)
    dropped: set[Key] = field(default_factory=set)
    altered: set[Key] = field(default_factory=set)
    replaced: set[Key] = field(default_factory=set)
    recreated: set[Key] = field(default_factory=set)
    detached: dict[Key, Item] = field(default_factory=dict)
    dropped_with: dict[Key, Key] = field(default_factory=dict)
    given: dict[Key, Item] = field(default_factory=dict)
    swapped: set[Key] = field(default_factory=set)
    moved: set[Key] = field(default_factory=set)
    parked: dict[Key, set[Key]] = field(default_factory=dict)
    forgotten: set[Key] = field(default_factory=set)
    released: set[Key] = field(default_factory=set)

    def goes_by_text(self, column: Key) -> bool:
        """Whether the column is text for a moment, because a range type is among those that are swapped with its own."""
        stored, items = self.current.stored, self.current.items
        types = [part for part in stored.parts(items[column]) if part in self.swapped]
        ranges = [key for key in self.swapped if key[0] == "range"]
        return any(
            one == other or stored.contains(items[one], other) or stored.contains(items[other], one)
            for one in types
            for other in ranges
        )

    def leaves_name(self, gone: Key) -> bool:
        """Whether a type of another kind takes the name of the type that goes: an enum becomes a domain."""
        if not KINDS[gone[0]].is_type or gone not in self.dropped:
            return False
        return any((kind, gone[1]) in self.created for kind in KINDS if KINDS[kind].is_type)

    @cached_property
    def fresh(self) -> frozenset[Key]:
        """What the current database does not have, or loses on the way."""
        return frozenset(self.created | self.replaced)

    @property
    def empty(self) -> bool:
        return not (self.created or self.dropped or self.altered or self.replaced or self.detached or self.swapped)

    @cached_property
    def leaving(self) -> frozenset[Key]:
        """Tables that stay and leave a parent: what the parent gave them is their own from then on."""
        return self._staying(self.current, self.desired)

    @cached_property
    def joining(self) -> frozenset[Key]:
        """Tables that were there and get a parent: they must have what the parent has before."""
        return self._staying(self.desired, self.current)

    def settle(self) -> None:
        """What was worked out before more tables are dropped and created anew counts no more."""
        for name in ("fresh", "leaving", "joining"):
            self.__dict__.pop(name, None)

    def _staying(self, one: Snapshot, other: Snapshot) -> frozenset[Key]:
        """The tables that have a parent on the first side which they do not have so on the other one."""
        found = set()
        for key, parents in one.lineage.parents.items():
            if key in other.items and key not in self.replaced:
                same_bound = getattr(one.items[key], "bound") == getattr(other.items[key], "bound")  # noqa: B009
                if not same_bound or set(parents) - set(other.lineage.parents.get(key, ())):
                    found.add(key)
        return frozenset(found)

    @cached_property
    def swaps(self) -> dict[Key, list[Key]]:
        """The swapped types in groups that hold each other, by one of each group; what others are made of comes first."""
        groups: list[set[Key]] = []
        for key in sorted(self.swapped):
            linked = {key, *(holder for holder in self.current.stored.holders(key) if holder in self.swapped)}
            touching = [group for group in groups if group & linked]
            groups = [group for group in groups if not group & linked] + [linked.union(*touching)]
        return {min(group): self._bottom_up(group) for group in groups}

    def _bottom_up(self, group: set[Key]) -> list[Key]:
        found: list[Key] = []

        def add(key: Key) -> None:
            for part in sorted(set(self.desired.stored.parts(self.desired.items[key])) & group):
                if part not in found:
                    add(part)
            if key not in found:
                found.append(key)

        for key in sorted(group):
            add(key)
        return found

    @cached_property
    def swap_of(self) -> dict[Key, Key]:
        """For each swapped type the one that stands for its group."""
        return {key: leader for leader, group in self.swaps.items() for key in group}
