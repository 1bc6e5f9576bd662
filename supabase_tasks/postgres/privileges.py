"""Roles with more rights than any may have here: found at every start and around every run of the Supabase CLI.

`postgres` cannot make a superuser; a role that is one was made while somebody had rights that were lent, or by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.platform_schemas import PLATFORM_ROLES

if TYPE_CHECKING:
    import psycopg

_ADMIN = "supabase_admin"
# Who may be what, of the attributes that reach beyond a role's own objects (platform_sql/00_roles.sql).
_ALLOWED = {
    "rolcreaterole": frozenset(
        {
            "postgres",
            "dashboard_user",
            "supabase_auth_admin",
            "supabase_storage_admin",
            "supabase_functions_admin",
        }
    ),
    "rolreplication": frozenset({"postgres", "dashboard_user", "supabase_replication_admin", "supabase_etl_admin"}),
    "rolbypassrls": frozenset({"postgres", "service_role", "supabase_read_only_user"}),
}
_LOWERED = "NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS"
# Members run programs, and read and write files, as the user the server runs as (PostgreSQL, "Predefined Roles").
_REACHING_OUT = ("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files")


@dataclass(frozen=True, slots=True)
class _Role:
    name: str
    why: str
    superuser: bool


def enforce(connection: psycopg.Connection[Any]) -> tuple[str, ...]:
    """Take such rights away; returns a line about each role that had them.

    A superuser that migrations or the platform do not have is dropped, or loses its rights and its login where it owns
    something; its sessions are ended. `connection` is the superuser's, in autocommit.
    """
    lines = [_lower(connection, role) for role in _excessive(connection)]
    return (*lines, *_leave(connection))


def _excessive(connection: psycopg.Connection[Any]) -> list[_Role]:
    """Superusers; and roles with another attribute of `_ALLOWED` that `postgres` cannot have made.

    Hosted projects let `postgres` make roles that bypass row level security, say. Such a role is known by its membership:
    since PostgreSQL 16 a role that is no superuser is made an administrator of the roles it makes.
    """
    major = connection.info.server_version // 10000
    rows = connection.execute(
        "SELECT rolname, rolsuper, rolcreaterole, rolreplication, rolbypassrls, EXISTS ("
        "SELECT FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles p ON p.oid = m.member"
        " WHERE m.roleid = r.oid AND m.admin_option AND p.rolname = 'postgres')"
        " FROM pg_catalog.pg_roles r WHERE rolname <> %s AND oid >= 16384 ORDER BY oid",
        (_ADMIN,),
    ).fetchall()
    found = []
    for name, superuser, creates, replicates, bypasses, made in rows:
        has = {"rolcreaterole": creates, "rolreplication": replicates, "rolbypassrls": bypasses}
        # Before 16, `postgres` may make roles that make roles, and no others; nothing tells who made one.
        own = made if major >= 16 else not (replicates or bypasses)
        extra = [
            one for one, on in has.items() if on and name not in _ALLOWED[one] and (name in PLATFORM_ROLES or not own)
        ]
        if superuser or extra:
            why = "a superuser" if superuser else ", ".join(_WORDS[one] for one in extra)
            found.append(_Role(str(name), why, bool(superuser)))
    return found


_WORDS = {
    "rolcreaterole": "a role that makes roles",
    "rolreplication": "a role that replicates",
    "rolbypassrls": "a role past row level security",
}


def _lower(connection: psycopg.Connection[Any], role: _Role) -> str:
    import psycopg
    from psycopg import sql

    name = sql.Identifier(role.name)
    connection.execute(sql.SQL("ALTER ROLE {} " + _LOWERED).format(name))
    if role.name in PLATFORM_ROLES:
        for attribute, allowed in _ALLOWED.items():
            if role.name in allowed:
                connection.execute(sql.SQL("ALTER ROLE {} " + attribute.removeprefix("rol")).format(name))
        if role.name in ("postgres", "dashboard_user"):
            connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(name))
        return f"the role {role.name} was {role.why}: it is not any more"
    connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN PASSWORD NULL").format(name))
    connection.execute(
        "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = %s", (role.name,)
    )
    try:
        connection.execute(sql.SQL("DROP ROLE {}").format(name))
    except psycopg.errors.DependentObjectsStillExist:
        return f"the role {role.name} was {role.why}: it has lost its rights and its login (it owns something)"
    return f"the role {role.name} was {role.why}: it was dropped"


def _leave(connection: psycopg.Connection[Any]) -> list[str]:
    """End memberships in roles that reach out of the server, and in superusers."""
    from psycopg import sql

    rows = connection.execute(
        "SELECT g.rolname, m.rolname, b.rolname FROM pg_catalog.pg_auth_members a"
        " JOIN pg_catalog.pg_roles g ON g.oid = a.roleid JOIN pg_catalog.pg_roles m ON m.oid = a.member"
        " JOIN pg_catalog.pg_roles b ON b.oid = a.grantor"
        " WHERE (g.rolname = ANY (%s) OR g.rolsuper) AND m.rolname <> %s",
        (list(_REACHING_OUT), _ADMIN),
    ).fetchall()
    for group, member, grantor in rows:
        names = [sql.Identifier(str(one)) for one in (group, member, grantor)]
        connection.execute(sql.SQL("REVOKE {} FROM {} GRANTED BY {} CASCADE").format(*names))
    return sorted({f"the role {member} was a member of {group}: it is not any more" for group, member, _ in rows})
