"""Who granted a privilege: PostgreSQL revokes only what the acting role has granted, and says nothing of the rest.

A role that may act for several others acts for itself where it holds the grant option, then for the first one that does. So
where that is not the owner for certain, the statements are run by the role that granted what they revoke.
Source: PostgreSQL 17, select_best_grantor(), aclupdate().
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from supabase_tasks.diff.kinds.common import acl

_GRANTOR = re.compile(r'/("(?:[^"]|"")*"|[^/]*)$')


@dataclass(frozen=True, order=True, slots=True)
class GrantLink:
    """A privilege as `grantor` gave it."""

    grantor: str
    privilege: acl.Privilege


@dataclass(frozen=True, slots=True)
class ChangeByRole:
    """A GRANT or REVOKE, and the role that has to run it."""

    role: str
    change: acl.PrivilegeChange


def links(texts: Iterable[str]) -> frozenset[GrantLink]:
    """From PostgreSQL's own text of aclitems (`anon=ar*/postgres`)."""
    found: set[GrantLink] = set()
    for text in texts:
        match = _GRANTOR.search(text)
        name = match[1] if match else ""
        grantor = name[1:-1].replace('""', '"') if name.startswith('"') else name
        found.update(GrantLink(grantor, privilege) for privilege in acl.parse((text,)))
    return frozenset(found)


def uncertain(held: Iterable[GrantLink], owner: str, acting: str) -> bool:
    """Whether what `acting` revokes may be another role's than the owner's."""
    return any(one.grantor != owner or (one.privilege.grantable and acting != owner) for one in held)


def changes(held: frozenset[GrantLink], new: frozenset[acl.Privilege], owner: str) -> list[ChangeByRole]:
    """The statements between the privileges that are held and `new`. What depends on a grant option that goes is granted by the
    owner first, and is revoked before it."""
    ends = _links_that_end(held, new, owner)
    stays = {(one.privilege.grantee, one.privilege.name) for one in held - ends}
    kept = {(one.grantee, one.name) for one in new}
    again = frozenset(
        one for one in new if (one.grantee, one.name) not in stays and _pair(one) in {_pair(e.privilege) for e in ends}
    )
    # What is held before and afterwards is no gain and no loss to anybody.
    found = [ChangeByRole(owner, replace(change, given=frozenset())) for change in acl.changes(frozenset(), again)]
    depths = _depths(held, owner)
    ordered = sorted(ends, key=lambda one: (-depths.get(one.grantor, 0), one.grantor))
    for grantor, group in groupby(ordered, key=lambda one: one.grantor):
        gone = frozenset(one.privilege for one in group)
        for change in acl.changes(gone, frozenset()):
            lost = frozenset(one for one in change.taken if _pair(one) not in kept)
            found.append(ChangeByRole(grantor, replace(change, taken=lost)))
    for grantor, less in _downgrades(held - ends, new, depths):
        found += [ChangeByRole(grantor, change) for change in acl.changes(less, _without_option(less))]
    there = frozenset(one.privilege for one in held - ends) | again
    more = frozenset(one for one in new if _pair(one) in kept)
    added = acl.changes(frozenset(one for one in there if not _is_less(one, new)) | _without_option(there), more)
    return [*found, *(ChangeByRole(owner, change) for change in added if change.given)]


def _pair(privilege: acl.Privilege) -> tuple[str, str]:
    return privilege.grantee, privilege.name


def _is_less(privilege: acl.Privilege, new: frozenset[acl.Privilege]) -> bool:
    return privilege.grantable and privilege not in new


def _without_option(privileges: Iterable[acl.Privilege]) -> frozenset[acl.Privilege]:
    return frozenset(acl.Privilege(one.grantee, one.name) for one in privileges)


def _links_that_end(held: frozenset[GrantLink], new: frozenset[acl.Privilege], owner: str) -> frozenset[GrantLink]:
    wanted = {_pair(one) for one in new}
    options = {_pair(one) for one in new if one.grantable}
    return frozenset(
        one
        for one in held
        if _pair(one.privilege) not in wanted
        or (one.grantor != owner and (one.grantor, one.privilege.name) not in options)
    )


def _downgrades(
    held: frozenset[GrantLink], new: frozenset[acl.Privilege], depths: Mapping[str, int]
) -> list[tuple[str, frozenset[acl.Privilege]]]:
    less = sorted(
        (one for one in held if _is_less(one.privilege, new)),
        key=lambda one: (-depths.get(one.grantor, 0), one.grantor),
    )
    return [
        (role, frozenset(one.privilege for one in group)) for role, group in groupby(less, key=lambda one: one.grantor)
    ]


def _depths(held: frozenset[GrantLink], owner: str) -> Mapping[str, int]:
    """How many grants each grantor is away from the owner."""
    depths = {owner: 0}
    for _ in held:
        for one in held:
            if one.grantor in depths and one.privilege.grantable:
                depths.setdefault(one.privilege.grantee, depths[one.grantor] + 1)
    return depths
