"""Privileges as what they are beyond those that an object was made with: for objects that the project did not make.

Two servers need not make them with the same ones, so the difference to these is compared, not the list. Their owner's own
privileges do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.ddl import access_hazards as access
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.kinds.common import acl


@dataclass(frozen=True, kw_only=True)
class DeviatingPrivileges(Item):
    """The access list of an object (`on` for GRANT, `letter` for acldefault()) that was made with `base`: `given` beyond
    that, and `taken` from it. `owned` says that the reading role owns it; otherwise the list is what that role granted."""

    is_attribute = True
    letter: str = field(compare=False)
    on: str = field(compare=False)
    owned: bool = field(compare=False)
    base: frozenset[acl.Privilege] = field(compare=False)
    privileges: frozenset[acl.Privilege] = field(compare=False)
    given: frozenset[acl.Privilege] = frozenset()
    taken: frozenset[acl.Privilege] = frozenset()

    def __post_init__(self) -> None:
        base = acl.normalise(self.base) if self.owned else frozenset()
        privileges = acl.normalise(self.privileges)
        for name, value in (
            ("base", base),
            ("privileges", privileges),
            ("given", privileges - base),
            ("taken", base - privileges),
        ):
            object.__setattr__(self, name, value)

    @property
    def deviates(self) -> bool:
        return bool(self.given or self.taken)


def creation(new: DeviatingPrivileges) -> Iterator[acl.PrivilegeChange]:
    """What an object needs that has what it was made with."""
    yield from acl.changes(new.base, new.privileges)


def removal(old: DeviatingPrivileges) -> Iterator[acl.PrivilegeChange]:
    """The way back to what it was made with."""
    yield from acl.changes(old.privileges, old.base)


def alteration(old: DeviatingPrivileges, new: DeviatingPrivileges) -> Iterator[acl.PrivilegeChange]:
    """From one difference to the other, over what the object of the current side was made with."""
    yield from acl.changes(old.privileges, (old.base - new.taken) | new.given)


def hazards(name: str, change: acl.PrivilegeChange) -> list[Hazard]:
    """What a change means for those who have the API's roles; `name` is the object's."""
    gaining, losing = ({one.grantee for one in side} for side in (change.given, change.taken))
    return [*access.grant_widens(name, gaining), *access.grant_narrows(name, losing)]
