"""Access control lists as sets of single privileges, and the GRANT and REVOKE statements between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from supabase_tasks.diff.names import ident, role

# PostgreSQL 17 documentation, "Privileges", table 5.2: what ALL means for each object type (acldefault's letters).
_ALL: Mapping[str, frozenset[str]] = {
    "r": frozenset(["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"]),
    "s": frozenset(["SELECT", "UPDATE", "USAGE"]),
    "f": frozenset({"EXECUTE"}),
    "n": frozenset({"USAGE", "CREATE"}),
    "T": frozenset({"USAGE"}),
    "c": frozenset(["SELECT", "INSERT", "UPDATE", "REFERENCES"]),
}
_TABLE = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
_RANK = (*_TABLE, "USAGE", "CREATE", "EXECUTE")


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


def settled(values: Iterable[str | Privilege]) -> frozenset[Privilege]:
    """`parse`, also for what was parsed before."""
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


def statements(
    old: frozenset[Privilege],
    new: frozenset[Privilege],
    *,
    letter: str,
    on: str,
    prefix: str = "",
    columns: str = "",
    every: frozenset[str] = frozenset(),
) -> list[tuple[str, frozenset[Privilege]]]:
    """REVOKE and GRANT statements with the privileges that each one gives (none for a REVOKE).

    `letter` is acldefault()'s object type, `on` the target (`TABLE public.t`), `prefix` goes before the verb (ALTER
    DEFAULT PRIVILEGES …), `columns` is a column list. Roles with the same change share a statement. `every` overrides
    what counts as ALL on this server version.
    """
    whole = every or _ALL[letter]
    kept = {(item.grantee, item.name): item for item in new}
    gone = [item for item in old if (item.grantee, item.name) not in kept]
    # A lost grant option is taken alone; the privilege stays.
    downgraded = [item for item in old if item.grantable and item not in new and (item.grantee, item.name) in kept]
    added = [item for item in new if item not in old and Privilege(item.grantee, item.name, True) not in old]
    found = []
    for names, roles in _grouped(gone):
        found.append((f"{prefix}REVOKE {_listed(names, whole, columns)} ON {on} FROM {roles}", frozenset[Privilege]()))
    for names, roles in _grouped(downgraded):
        text = f"{prefix}REVOKE GRANT OPTION FOR {_listed(names, whole, columns)} ON {on} FROM {roles}"
        found.append((text, frozenset[Privilege]()))
    for option in (False, True):
        chosen = [item for item in added if item.grantable == option]
        for names, roles in _grouped(chosen):
            tail = " WITH GRANT OPTION" if option else ""
            given = frozenset(item for item in chosen if role(item.grantee) in roles.split(", "))
            found.append((f"{prefix}GRANT {_listed(names, whole, columns)} ON {on} TO {roles}{tail}", given))
    return found


def _grouped(items: Iterable[Privilege]) -> list[tuple[frozenset[str], str]]:
    by_role: dict[str, set[str]] = {}
    for item in items:
        by_role.setdefault(item.grantee, set()).add(item.name)
    by_names: dict[frozenset[str], list[str]] = {}
    for grantee in sorted(by_role):
        by_names.setdefault(frozenset(by_role[grantee]), []).append(role(grantee))
    return [(names, ", ".join(roles)) for names, roles in by_names.items()]


def _listed(names: frozenset[str], whole: frozenset[str], columns: str) -> str:
    # MAINTAIN came with PostgreSQL 17; ALL without it means the same on older servers.
    if not columns and names >= whole - {"MAINTAIN"} and len(whole) > 1 and names >= whole:
        return "ALL"
    return ", ".join(f"{name} ({columns})" if columns else name for name in sorted(names, key=_RANK.index))


def column_list(names: Iterable[str]) -> str:
    return ", ".join(ident(name) for name in names)
