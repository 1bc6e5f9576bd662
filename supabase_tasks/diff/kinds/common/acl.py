"""Access control lists as sets of single privileges, and the GRANT and REVOKE statements between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from supabase_tasks.diff.ddl.names import role

# PostgreSQL 17 documentation, "Privileges", table 5.2: what ALL means for each object type (acldefault's letters).
_ALL: Mapping[str, frozenset[str]] = {
    "r": frozenset(["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"]),
    "s": frozenset(["SELECT", "UPDATE", "USAGE"]),
    "f": frozenset({"EXECUTE"}),
    "n": frozenset({"USAGE", "CREATE"}),
    "T": frozenset({"USAGE"}),
    "F": frozenset({"USAGE"}),
    "S": frozenset({"USAGE"}),
    "l": frozenset({"USAGE"}),
    "c": frozenset(["SELECT", "INSERT", "UPDATE", "REFERENCES"]),
}
_TABLE = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
_RANK = (*_TABLE, "USAGE", "CREATE", "EXECUTE")


def everything(letter: str, version: int) -> frozenset[str]:
    """What an owner may do by default with an object of acldefault()'s type `letter` (server `version`: 170010)."""
    return _ALL[letter] - (frozenset() if version >= 170000 else {"MAINTAIN"})


@dataclass(frozen=True, order=True, slots=True)
class Privilege:
    """One privilege of one role (an empty text is PUBLIC)."""

    grantee: str
    name: str
    grantable: bool = False


# PostgreSQL 17 documentation, "Privileges", table 5.1.
_LETTERS = {
    "r": "SELECT",
    "a": "INSERT",
    "w": "UPDATE",
    "d": "DELETE",
    "D": "TRUNCATE",
    "x": "REFERENCES",
    "t": "TRIGGER",
    "m": "MAINTAIN",
    "U": "USAGE",
    "C": "CREATE",
    "X": "EXECUTE",
}
_ITEM = re.compile(r'("(?:[^"]|"")*"|[^=]*)=([a-zA-Z*]*)/')


def normalise(values: Iterable[str | Privilege]) -> frozenset[Privilege]:
    """`parse`, also for what was parsed before."""
    # A thousand tables have the same few lists: each is one value.
    if isinstance(values, frozenset) and all(isinstance(value, Privilege) for value in values):
        return values
    if isinstance(values, tuple) and all(isinstance(value, str) for value in values):
        return parse(values)
    texts = tuple(value for value in values if isinstance(value, str))
    return parse(texts) | frozenset(value for value in values if isinstance(value, Privilege))


@lru_cache(maxsize=4096)
def parse(texts: tuple[str, ...]) -> frozenset[Privilege]:
    """From PostgreSQL's own text of aclitems (`anon=ar*/postgres`). Who granted them means nothing."""
    found: set[Privilege] = set()
    for text in texts:
        match = _ITEM.match(text)
        if match is None:
            raise ValueError(f"not an aclitem: {text}")
        grantee = match[1][1:-1].replace('""', '"') if match[1].startswith('"') else match[1]
        for letter, option in re.findall(r"([a-zA-Z])(\*?)", match[2]):
            found.add(Privilege(grantee, _LETTERS[letter], bool(option)))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class PrivilegeChange:
    """One GRANT or REVOKE: `head` is its verb, `names` the privileges in the usual order, `tail` the roles with TO or
    FROM, `given` what it gives (nothing for a REVOKE), `taken` what a REVOKE takes."""

    head: str
    names: tuple[str, ...]
    tail: str
    given: frozenset[Privilege] = frozenset()
    taken: frozenset[Privilege] = frozenset()

    def sql(self, letter: str, on: str) -> str:
        """The statement for acldefault()'s object type `letter` on the target `on` (`TABLE public.t`)."""
        whole = len(_ALL[letter]) > 1 and _ALL[letter] <= set(self.names)
        return f"{self.head} {'ALL' if whole else ', '.join(self.names)} ON {on} {self.tail}"


def changes(old: frozenset[Privilege], new: frozenset[Privilege]) -> list[PrivilegeChange]:
    """The REVOKEs and GRANTs between two lists. Roles with the same change share a statement."""
    kept = {(item.grantee, item.name) for item in new}
    gone = [item for item in old if (item.grantee, item.name) not in kept]
    # A lost grant option is taken alone; the privilege stays.
    downgraded = [item for item in old if item.grantable and item not in new and (item.grantee, item.name) in kept]
    added = [item for item in new if item not in old and Privilege(item.grantee, item.name, True) not in old]
    found = []
    for names, grantees in _group(gone):
        taken = frozenset(item for item in gone if item.grantee in grantees)
        found.append(PrivilegeChange("REVOKE", names, f"FROM {_roles(grantees)}", taken=taken))
    for names, grantees in _group(downgraded):
        found.append(PrivilegeChange("REVOKE GRANT OPTION FOR", names, f"FROM {_roles(grantees)}"))
    for option in (False, True):
        chosen = [item for item in added if item.grantable == option]
        for names, grantees in _group(chosen):
            given = frozenset(item for item in chosen if item.grantee in grantees)
            tail = f"TO {_roles(grantees)}{' WITH GRANT OPTION' if option else ''}"
            found.append(PrivilegeChange("GRANT", names, tail, given))
    return found


def _roles(grantees: Iterable[str]) -> str:
    return ", ".join(role(grantee) for grantee in grantees)


def _group(items: Iterable[Privilege]) -> list[tuple[tuple[str, ...], list[str]]]:
    by_role: dict[str, set[str]] = {}
    for item in items:
        by_role.setdefault(item.grantee, set()).add(item.name)
    by_names: dict[tuple[str, ...], list[str]] = {}
    for grantee in sorted(by_role):
        names = tuple(sorted(by_role[grantee], key=_RANK.index))
        by_names.setdefault(names, []).append(grantee)
    return list(by_names.items())
