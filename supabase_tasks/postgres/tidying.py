"""Databases and roles that are no longer needed: removed when something new is built, never on the fast path."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres import clone_pool, kept_templates

if TYPE_CHECKING:
    import psycopg

_KEPT_PLATFORMS = 3


def tidy(connection: psycopg.Connection[Any]) -> None:
    """Drop what killed processes left (half-built and scratch databases), platform templates of older bootstraps, and
    hidden roles that nothing refers to. The caller holds the cluster's template lock.
    """
    rows = connection.execute("SELECT datname FROM pg_catalog.pg_database ORDER BY oid DESC").fetchall()
    names = [str(name) for (name,) in rows]
    unwanted = [name for name in names if name.startswith("building_") or _abandoned_scratch(name)]
    unwanted += [name for name in names if name.startswith("platform_")][_KEPT_PLATFORMS:]
    kept = {clone_pool.name_of(name) for name in names if name not in unwanted}
    unwanted += [name for name in names if name.startswith(clone_pool.PREFIX) and name not in kept]
    for name in unwanted:
        drop_unused(connection, name)
    drop_hidden_roles(connection)


def drop_unused(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop a database unless somebody is connected to it."""
    import psycopg
    from psycopg import sql

    try:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
    except psycopg.errors.ObjectInUse:
        return


def _abandoned_scratch(name: str) -> bool:
    prefix, _, rest = name.partition("_")
    pid = rest.partition("_")[0]
    return prefix == "scratch" and pid.isdigit() and not _alive(int(pid))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def drop_hidden_roles(connection: psycopg.Connection[Any]) -> None:
    """Drop the roles that were renamed out of the way (`roles`) and that nothing refers to any more: no object of a database,
    and no template, whose history made them and may do nothing else with them."""
    import psycopg
    from psycopg import sql

    kept = {oid for template in kept_templates.read_all(connection).values() for oid in template.roles}
    rows = connection.execute("SELECT oid, rolname FROM pg_catalog.pg_roles WHERE left(rolname, 1) = '~'").fetchall()
    for oid, name in rows:
        if int(oid) in kept:
            continue
        try:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(str(name))))
        except psycopg.errors.DependentObjectsStillExist:
            continue
