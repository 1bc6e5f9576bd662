"""Which roles are members of which, at the server itself: no copy has them as they are, and no dump of a database says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from supabase_tasks.postgres.roles import PLATFORM

# Whoever makes a role becomes its member by that; PostgreSQL 15 and older has no options but ADMIN.
_MAKERS = ("postgres", "supabase_admin")
_QUERY = """
    SELECT r.rolname::text, m.rolname::text, bool_or(a.admin_option),
        coalesce(bool_or((to_jsonb(a) ->> 'inherit_option')::boolean), true),
        coalesce(bool_or((to_jsonb(a) ->> 'set_option')::boolean), true)
    FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
        JOIN pg_catalog.pg_roles m ON m.oid = a.member
    WHERE m.rolname !~ '^pg_' AND m.rolname <> ALL (%s) AND NOT (r.rolname = ANY (%s) AND m.rolname = ANY (%s))
    GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Memberships:
    """The roles of a server, and by (role, member) whether ADMIN, INHERIT and SET go with it."""

    roles: frozenset[str]
    held: Mapping[tuple[str, str], tuple[bool, ...]]


def read(url: str, password: str | None) -> Memberships:
    """Those of the server behind `url`, but for what the platform's roles are of each other. Raises psycopg's errors."""
    import psycopg

    with psycopg.connect(url, password=password, connect_timeout=10) as connection:
        roles = connection.execute("SELECT rolname::text FROM pg_catalog.pg_roles").fetchall()
        rows = connection.execute(_QUERY, (list(_MAKERS), list(PLATFORM), list(PLATFORM))).fetchall()
    held = {(str(role), str(member)): tuple(map(bool, options)) for role, member, *options in rows}
    return Memberships(frozenset(str(name) for (name,) in roles), held)


def differences(current: Memberships, desired: Memberships) -> Iterator[str]:
    """What differs between roles that both servers have: `membership of b in a (only on the desired side)`."""
    known = current.roles & desired.roles
    for role, member in sorted(current.held.keys() | desired.held.keys()):
        old, new = current.held.get((role, member)), desired.held.get((role, member))
        if old == new or not {role, member} <= known:
            continue
        sides = {old: "only on the desired side", new: "only on the current side"}
        yield f"membership of {member} in {role} ({sides.get(None, 'differs')})"
