"""Roles belong to the cluster, templates to a moment: which roles a template expects, and making them so.

A migration's `CREATE ROLE` runs again on every replay of a shadow cluster, and the role it made last time still owns
things in older templates, so it cannot be dropped. It is renamed out of the way instead (objects know roles by oid),
and renamed back when a template that has it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.platform_schemas import PLATFORM_ROLES

if TYPE_CHECKING:
    import psycopg

_HIDDEN = "~"
# Who runs a foreign dump (`restoring`): hidden, so that no history, dump or list shows it.
RESTORER = f"{_HIDDEN}restorer"


def foreign(connection: psycopg.Connection[Any]) -> dict[int, str]:
    """The visible roles that no bootstrap made, by oid."""
    rows = connection.execute(
        "SELECT oid, rolname FROM pg_catalog.pg_roles"
        " WHERE oid >= 16384 AND rolname <> ALL (%s) AND left(rolname, 1) <> %s",
        (list(PLATFORM_ROLES), _HIDDEN),
    ).fetchall()
    return {int(oid): str(name) for oid, name in rows}


def show_only(connection: psycopg.Connection[Any], wanted: dict[int, str]) -> None:
    """Rename roles so that exactly `wanted` (oid to name) are visible in addition to the platform's."""
    from psycopg import sql

    rename = sql.SQL("ALTER ROLE {} RENAME TO {}")
    for oid, name in foreign(connection).items():
        if wanted.get(oid) != name:
            connection.execute(rename.format(sql.Identifier(name), sql.Identifier(f"{_HIDDEN}{oid}")))
    rows = connection.execute("SELECT oid, rolname FROM pg_catalog.pg_roles WHERE oid = ANY (%s)", (list(wanted),))
    for oid, name in rows.fetchall():
        if name != wanted[int(oid)]:
            connection.execute(rename.format(sql.Identifier(str(name)), sql.Identifier(wanted[int(oid)])))


def remove_foreign(connection: psycopg.Connection[Any]) -> None:
    """Drop the roles that no bootstrap made, as far as nothing in another database depends on them."""
    import psycopg
    from psycopg import sql

    rows = connection.execute(
        "SELECT rolname FROM pg_catalog.pg_roles WHERE oid >= 16384 AND rolname <> ALL (%s)", (list(PLATFORM_ROLES),)
    ).fetchall()
    for (name,) in rows:
        try:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(str(name))))
        except psycopg.errors.DependentObjectsStillExist:
            continue
