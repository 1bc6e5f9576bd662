"""What belongs to a server and not to one of its databases: the project's roles with their attributes, which roles are members
of which, and what is set for roles and for the database itself (ALTER ROLE … SET, ALTER DATABASE … SET).

No dump of a database says them, and no copy has them as they are: they are read where they are, and kept with the template
of a replayed history. Values are compared, never shown: one may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.platform_schemas import PLATFORM_ROLES

if TYPE_CHECKING:
    import psycopg

# Whoever makes a role becomes its member by that; PostgreSQL 15 and older has no options but ADMIN.
_MAKERS = ("postgres", "supabase_admin")
# The platform's roles for which projects set parameters; what is set for the others is the platform's.
_OPEN = ("anon", "authenticated", "authenticator", "service_role", "postgres")
# What the platform sets by itself, and not the same in every project.
_OWN_SETTINGS = re.compile(
    r"role (authenticator: session_preload_libraries|postgres: search_path)|database: app\.settings\.jwt_\w+"
)
# Roles that the platform makes as it goes, and a fresh project lacks.
_OF_THE_PLATFORM = re.compile(r"supabase_|cli_login_|pgsodium_|pgtle_|pgbouncer|dashboard_user")
# What CREATE ROLE gives a role of which it says nothing; its words, by which an attribute is known.
_FLAGS = {
    "rolsuper": "SUPERUSER",
    "rolinherit": "INHERIT",
    "rolcreaterole": "CREATEROLE",
    "rolcreatedb": "CREATEDB",
    "rolcanlogin": "LOGIN",
    "rolreplication": "REPLICATION",
    "rolbypassrls": "BYPASSRLS",
}
LIMIT, UNTIL, LABEL = "CONNECTION LIMIT", "VALID UNTIL", "SECURITY LABEL FOR "
_NEW = {**dict.fromkeys(_FLAGS.values(), "false"), "INHERIT": "true", LIMIT: "-1", UNTIL: "infinity"}
# Never a password. What a label provider is told of a role is an attribute too.
_ATTRIBUTES = f"""
    SELECT r.rolname::text, a.word, a.value FROM pg_catalog.pg_roles r CROSS JOIN LATERAL (VALUES
        {", ".join(f"('{word}', r.{column}::text)" for column, word in _FLAGS.items())},
        ('{LIMIT}', r.rolconnlimit::text),
        ('{UNTIL}', coalesce(to_char(nullif(r.rolvaliduntil, 'infinity') AT TIME ZONE 'UTC',
            'YYYY-MM-DD HH24:MI:SS.US+00'), 'infinity'))) a (word, value)
    WHERE r.rolname !~ '^(pg_|~)' AND r.rolname <> ALL (%(platform)s)
    UNION ALL
    SELECT r.rolname::text, '{LABEL}' || l.provider, l.label FROM pg_catalog.pg_shseclabel l
        JOIN pg_catalog.pg_roles r ON r.oid = l.objoid WHERE l.classoid = 1260 AND r.rolname !~ '^~'
"""
_MEMBERS = """
    SELECT r.rolname::text, m.rolname::text, bool_or(a.admin_option),
        coalesce(bool_or((to_jsonb(a) ->> 'inherit_option')::boolean), true),
        coalesce(bool_or((to_jsonb(a) ->> 'set_option')::boolean), true)
    FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
        JOIN pg_catalog.pg_roles m ON m.oid = a.member
    WHERE m.rolname !~ '^(pg_|~)' AND r.rolname !~ '^~' AND m.rolname <> ALL (%(makers)s)
        AND NOT (m.rolname = ANY (%(platform)s) AND (r.rolname = ANY (%(platform)s) OR m.rolname <> ALL (%(open)s)))
        -- Whoever makes a role becomes its member like this (PostgreSQL 16).
        AND NOT (a.grantor = 10 AND a.admin_option AND to_jsonb(a) ->> 'inherit_option' = 'false'
            AND to_jsonb(a) ->> 'set_option' = 'false')
    GROUP BY 1, 2
"""
_SETTINGS = """
    SELECT CASE WHEN s.setrole = 0 THEN 'database' ELSE 'role ' || r.rolname END
        || CASE WHEN s.setrole <> 0 AND s.setdatabase <> 0 THEN ' in the database' ELSE '' END
        || ': ' || split_part(c.text, '=', 1), substr(c.text, strpos(c.text, '=') + 1)
    FROM pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
        LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase CROSS JOIN unnest(s.setconfig) c (text)
    WHERE (s.setrole = 0 OR (r.rolname !~ '^~' AND (r.rolname <> ALL (%(platform)s) OR r.rolname = ANY (%(open)s))))
        AND (s.setdatabase = 0 OR d.datname = ANY (%(databases)s)) ORDER BY d.datname = 'postgres' DESC
"""
# Who is named by what is in the database; not whoever owns it, connects to it, or is a superuser.
_USED = """
    SELECT DISTINCT r.rolname::text FROM pg_catalog.pg_shdepend s
        JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid JOIN pg_catalog.pg_database d ON d.oid = s.dbid
    WHERE s.refclassid = 1260 AND d.datname = %(database)s AND NOT r.rolsuper AND r.oid <> d.datdba
        AND r.rolname <> session_user AND r.rolname !~ '^(pg_|~)' AND r.rolname <> ALL (%(platform)s)
"""
_ROLES_FILE = Path(__file__).parent / "platform_sql" / "00_roles.sql"
_SET = re.compile(r"^alter role (\w+) set (\w+) = '(.*)';$", re.MULTILINE)

Membership = tuple[str, str]
Attribute = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GlobalObjects:
    """The visible roles of a server, those that a database of it names, by (role, member) whether ADMIN, INHERIT and SET go
    with a membership, values by what they are set for (`role anon: statement_timeout`, `database: timezone`), and those of
    attributes by role and word."""

    roles: frozenset[str]
    used: frozenset[str]
    members: Mapping[Membership, tuple[bool, ...]]
    settings: Mapping[str, str]
    attributes: Mapping[Attribute, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        members = [[*pair, *options] for pair, options in sorted(self.members.items())]
        attributes = [[*place, value] for place, value in sorted(self.attributes.items())]
        return {"members": members, "settings": dict(sorted(self.settings.items())), "attributes": attributes}


def read(connection: psycopg.Connection[Any], database: str) -> GlobalObjects:
    """Those of the server behind `connection`, and of its database of that name; on an embedded server what is set for
    `postgres`, as every hosted database is called, is set for each of them. Raises psycopg's errors as they are."""
    given = {"makers": list(_MAKERS), "platform": list(PLATFORM_ROLES), "open": list(_OPEN), "database": database}
    roles = connection.execute("SELECT rolname::text FROM pg_catalog.pg_roles WHERE rolname !~ '^~'").fetchall()
    used = connection.execute(_USED.encode(), given).fetchall()
    members = connection.execute(_MEMBERS.encode(), given).fetchall()
    settings = connection.execute(_SETTINGS.encode(), {**given, "databases": _databases(database)}).fetchall()
    attributes = connection.execute(_ATTRIBUTES.encode(), given).fetchall()
    return GlobalObjects(
        frozenset(str(name) for (name,) in roles),
        frozenset(str(name) for (name,) in used),
        {(str(role), str(member)): tuple(map(bool, options)) for role, member, *options in members},
        {str(place): str(value) for place, value in settings},
        {(str(role), str(word)): str(value) for role, word, value in attributes},
    )


def _databases(name: str) -> list[str]:
    """A history's own statements say `postgres`, or current_database()."""
    return [name, "postgres"] if name.startswith(("building_", "history_", "platform_", "scratch_")) else [name]


def read_at(url: str, password: str | None) -> GlobalObjects:
    """`read` of the database behind `url`. Raises psycopg's errors as they are."""
    import psycopg

    with psycopg.connect(url, password=password, connect_timeout=10) as connection:
        return read(connection, connection.info.dbname)


def of_fresh_project() -> GlobalObjects:
    """Those of a fresh Supabase project."""
    return GlobalObjects(frozenset(PLATFORM_ROLES), frozenset(), {}, _defaults())


def of_fresh_project_with(found: GlobalObjects) -> GlobalObjects:
    """The same with the roles of `found`, those of them that its database names as CREATE ROLE makes them."""
    made = {(role, word): value for role in found.used for word, value in _NEW.items()}
    others = {place: value for place, value in found.attributes.items() if place[0] not in found.used}
    return replace(of_fresh_project(), roles=found.roles, attributes={**others, **made})


def of_note(note: Mapping[str, Any], roles: Sequence[str]) -> GlobalObjects:
    """What `GlobalObjects.as_json` said, with the roles that a history made. Raises `KeyError`, `TypeError` or `ValueError`
    for anything else."""
    members = {(str(role), str(member)): tuple(map(bool, options)) for role, member, *options in note["members"]}
    settings = {str(place): str(value) for place, value in note["settings"].items()}
    attributes = {(str(role), str(word)): str(value) for role, word, value in note["attributes"]}
    return GlobalObjects(frozenset((*PLATFORM_ROLES, *roles)), frozenset(), members, settings, attributes)


def of_used(found: GlobalObjects, connection: psycopg.Connection[Any], database: str) -> GlobalObjects:
    """`found` with the roles that the database of that name names."""
    rows = connection.execute(_USED.encode(), {"platform": list(PLATFORM_ROLES), "database": database}).fetchall()
    return replace(found, used=frozenset(str(name) for (name,) in rows))


@lru_cache(maxsize=1)
def _defaults() -> Mapping[str, str]:
    found = _SET.findall(_ROLES_FILE.read_text())
    return {f"role {role}: {name}": value for role, name, value in found if role in _OPEN}


def differences(current: GlobalObjects, desired: GlobalObjects, sql: str = "") -> Iterator[str]:
    """What differs between two servers: `membership of b in a (only on the desired side)`, `setting role anon:
    statement_timeout (differs)`, of roles that both have `attribute of role a: LOGIN (differs)`; and the roles that the
    migration `sql` names and the current one lacks."""
    for name in sorted(desired.used - current.roles):
        if re.search(rf'(?<![\w"]){re.escape(name)}(?![\w"])|"{re.escape(name.replace(chr(34), chr(34) * 2))}"', sql):
            yield f"role {name} (only on the desired side)"
    known = current.roles & desired.roles
    for role, word in sorted(current.attributes.keys() | desired.attributes.keys()):
        found = _side(current.attributes.get((role, word)), desired.attributes.get((role, word)))
        if found and role in known:
            yield f"attribute of role {role}: {word} ({found})"
    for role, member in sorted(current.members.keys() | desired.members.keys()):
        found = _side(current.members.get((role, member)), desired.members.get((role, member)))
        if found and _is_projects(known, role, member):
            yield f"membership of {member} in {role} ({found})"
    old, new = _own(current), _own(desired)
    for place in sorted(old.keys() | new.keys()):
        of = place.partition(": ")[0].removeprefix("role ").removesuffix(" in the database")
        found = _side(old.get(place), new.get(place))
        if found and (place.startswith("database") or _is_projects(known, of)):
            yield f"setting {place} ({found})"


def _is_projects(known: frozenset[str], *roles: str) -> bool:
    """Whether each of the roles is on both sides, or one that the platform does not make as it goes."""
    return all(role in known or not (role in PLATFORM_ROLES or _OF_THE_PLATFORM.match(role)) for role in roles)


def _own(found: GlobalObjects) -> Mapping[str, str]:
    """What a project set: neither what the platform set by itself, nor what is as it set it."""
    return {
        place: value
        for place, value in found.settings.items()
        if not _OWN_SETTINGS.fullmatch(place) and _defaults().get(place) != value
    }


def _side(old: object, new: object) -> str:
    if old == new:
        return ""
    return {old: "only on the desired side", new: "only on the current side"}.get(None, "differs")


def ignored_name(line: str) -> tuple[str, str]:
    """The kind and the name by which `ignore` leaves out a line of `differences`: `membership:b`, `setting:role anon`,
    `attribute:role a: LOGIN`."""
    kind, _, rest = line.partition(" ")
    name = rest.rpartition(" (")[0]
    name = name.removeprefix("of ")
    return kind, name.partition(" in ")[0] if kind == "membership" else name
