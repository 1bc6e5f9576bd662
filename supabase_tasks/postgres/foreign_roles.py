"""The roles of a foreign database, and what of them its copy on an embedded server gets.

A role comes with its attributes and memberships, but never as a superuser, and never as a member of PostgreSQL's own roles,
of a superuser or of a hidden role: what such a role may do, a guest may not (docs/security.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.platform_schemas import PLATFORM_ROLES
from supabase_tasks.postgres.roles import RESTORER

if TYPE_CHECKING:
    import psycopg
    from psycopg import sql

# What CREATE ROLE takes, by the column of pg_roles.
_ATTRIBUTES = {
    "rolinherit": ("INHERIT", "NOINHERIT"),
    "rolcanlogin": ("LOGIN", "NOLOGIN"),
    "rolcreatedb": ("CREATEDB", "NOCREATEDB"),
    "rolcreaterole": ("CREATEROLE", "NOCREATEROLE"),
    "rolreplication": ("REPLICATION", "NOREPLICATION"),
    "rolbypassrls": ("BYPASSRLS", "NOBYPASSRLS"),
}
_ROLES = f"""
    SELECT r.rolname, r.rolsuper OR r.rolname = session_user OR r.oid = d.datdba,
        pg_catalog.has_database_privilege(r.oid, d.oid, 'CREATE'), {", ".join(_ATTRIBUTES)}
    FROM pg_catalog.pg_roles r, pg_catalog.pg_database d
    WHERE d.datname = pg_catalog.current_database() AND r.rolname !~ '^(pg_|~)' ORDER BY 1
"""
# Two roles may have granted one membership. Before PostgreSQL 16 a membership has no options but ADMIN.
_MEMBERS = """
    SELECT r.rolname, m.rolname, bool_or(a.admin_option),
        bool_or(coalesce((to_jsonb(a) ->> 'inherit_option')::bool, m.rolinherit)),
        bool_or(coalesce((to_jsonb(a) ->> 'set_option')::bool, true))
    FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
        JOIN pg_catalog.pg_roles m ON m.oid = a.member
    WHERE NOT r.rolsuper AND r.rolname !~ '^(pg_|~)' AND m.rolname !~ '^(pg_|~)'
    GROUP BY 1, 2 ORDER BY 1, 2
"""
_ALL_POWERFUL = "SELECT coalesce((SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = 'postgres'), true)"


@dataclass(frozen=True, slots=True)
class Membership:
    """That `member` is a member of `role`, and with which of the options of GRANT."""

    role: str
    member: str
    admin: bool = False
    inherit: bool = True
    set: bool = True


@dataclass(frozen=True, slots=True)
class ForeignRoles:
    """The roles of a database by name, with their attributes; `rulers` are those whose place `postgres` takes in a copy:
    superusers, the database's owner, and whoever connected. `creators` may make
    schemas and own publications there."""

    attributes: dict[str, tuple[str, ...]]
    rulers: frozenset[str]
    creators: frozenset[str]
    members: tuple[Membership, ...]


@dataclass(slots=True)
class BorrowedObjects:
    """What was made on the server for a copy, to be taken back."""

    roles: list[str] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)


def read(connection: psycopg.Connection[Any]) -> ForeignRoles:
    """The roles of the database behind `connection`. Raises psycopg's errors as they are."""
    rows = connection.execute(_ROLES.encode()).fetchall()
    attributes = {
        str(name): tuple(words[not value] for words, value in zip(_ATTRIBUTES.values(), values, strict=True))
        for name, _, _, *values in rows
        if name not in PLATFORM_ROLES
    }
    rulers = frozenset(str(name) for name, ruler, *_ in rows if ruler and name not in PLATFORM_ROLES)
    creators = {str(name) for name, _, creates, *_ in rows if creates and name in attributes}
    members = [Membership(*row) for row in connection.execute(_MEMBERS.encode()).fetchall()]
    if connection.execute(_ALL_POWERFUL).fetchone() == (True,):
        # A superuser is as good as a member of every role, so whatever runs there can be run here.
        members += [Membership(name, "postgres", True) for name in attributes if name not in rulers]
        creators = set(attributes)
    kept = (one for one in members if one.role in attributes or one.member in attributes)
    return ForeignRoles(attributes, rulers, frozenset(creators), tuple(one for one in kept if one.role not in rulers))


def lend(connection: psycopg.Connection[Any], database: str, found: ForeignRoles, borrowed: BorrowedObjects) -> None:
    """Make the roles that the server lacks and their memberships, which go to `borrowed`; the restorer becomes a member of
    all of them, and who may create in the source may in `database`. `connection` is the superuser's.

    Raises psycopg's errors as they are.
    """
    from psycopg import sql

    there = {str(row[0]) for row in connection.execute("SELECT rolname FROM pg_catalog.pg_roles")}
    for name, words in found.attributes.items():
        if name not in there:
            connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), sql.SQL(" ".join(words))))
            borrowed.roles.append(name)
    ours = (Membership(name, RESTORER) for name in _mortal(connection, found.attributes))
    known = {*_mortal(connection, [*found.attributes, *PLATFORM_ROLES]), RESTORER}
    held = set(connection.execute(_HELD).fetchall())
    for one in (*ours, *found.members):
        if {one.role, one.member} <= known and one.role != one.member and (one.role, one.member) not in held:
            connection.execute(_grant(connection, one))
            borrowed.members.append(one)
    for name in _mortal(connection, found.creators):
        text = sql.SQL("GRANT CREATE ON DATABASE {} TO {}")
        connection.execute(text.format(sql.Identifier(database), sql.Identifier(name)))


_HELD = """
    SELECT r.rolname::text, m.rolname::text FROM pg_catalog.pg_auth_members a
        JOIN pg_catalog.pg_roles r ON r.oid = a.roleid JOIN pg_catalog.pg_roles m ON m.oid = a.member
    WHERE a.grantor = current_user::regrole
"""


def _mortal(connection: psycopg.Connection[Any], names: Iterable[str]) -> list[str]:
    """Those of `names` that are roles of this server, and no superusers."""
    rows = connection.execute(
        "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (%s) AND NOT rolsuper ORDER BY 1", (list(names),)
    )
    return [str(name) for (name,) in rows]


def _grant(connection: psycopg.Connection[Any], one: Membership) -> sql.Composed:
    from psycopg import sql

    options = " WITH ADMIN OPTION" if one.admin else ""
    if connection.info.server_version >= 160000:
        options = f" WITH ADMIN {one.admin}, INHERIT {one.inherit}, SET {one.set}"
    text = sql.SQL("GRANT {} TO {}{}")
    return text.format(sql.Identifier(one.role), sql.Identifier(one.member), sql.SQL(options))


def take_back(connection: psycopg.Connection[Any], borrowed: BorrowedObjects) -> None:
    """Undo `lend`. A role that another comparison uses at this moment is dropped by that one."""
    import psycopg
    from psycopg import sql

    revoke, drop = sql.SQL("REVOKE {} FROM {}"), sql.SQL("DROP ROLE {}")
    for one in borrowed.members:
        with suppress(psycopg.errors.UndefinedObject, psycopg.errors.DependentPrivilegeDescriptorsStillExist):
            connection.execute(revoke.format(sql.Identifier(one.role), sql.Identifier(one.member)))
    for name in borrowed.roles:
        with suppress(psycopg.errors.DependentObjectsStillExist, psycopg.errors.UndefinedObject):
            connection.execute(drop.format(sql.Identifier(name)))
