"""The temporary login roles that the Management API makes for a CLI that has no database password.

As in the dump of a hosted project: `create role cli_login_postgres noinherit login valid until …` and
`grant postgres to cli_login_postgres with inherit false`. The CLI then says `set session role postgres`.
"""

from __future__ import annotations

import secrets
from typing import Any

from psycopg import Connection, sql
from support.double.cluster import SECRET_CORE

TTL_SECONDS = 300
# The role behind each kind of login; the name in front of it is the CLI's own mark for "step down after login".
_BEHIND = {False: "postgres", True: "supabase_read_only_user"}
_PREFIX = "cli_login_"


def create(admin: Connection[Any], read_only: bool) -> dict[str, Any]:
    """Make (or renew) the login role and return what the API answers."""
    behind = _BEHIND[read_only]
    role, password = _PREFIX + behind, secrets.token_hex(8) + SECRET_CORE
    if not _exists(admin, role):
        admin.execute(sql.SQL("create role {} noinherit login").format(sql.Identifier(role)))
    admin.execute(
        sql.SQL("alter role {} noinherit login nocreaterole nocreatedb nobypassrls password {} valid until {}").format(
            sql.Identifier(role), sql.Literal(password), sql.Literal(_expiry(admin))
        )
    )
    admin.execute(
        sql.SQL("grant {} to {} with inherit false, set true").format(sql.Identifier(behind), sql.Identifier(role))
    )
    return {"role": role, "password": password, "ttl_seconds": TTL_SECONDS}


def remove(admin: Connection[Any]) -> None:
    """Drop every login role: what DELETE does, and a project on its first day."""
    for behind in _BEHIND.values():
        admin.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(_PREFIX + behind)))


def _exists(admin: Connection[Any], role: str) -> bool:
    return admin.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone() is not None


def _expiry(admin: Connection[Any]) -> str:
    (expiry,) = admin.execute("select (now() + %s * interval '1 second')::text", (TTL_SECONDS,)).fetchone()  # type: ignore[misc]
    return str(expiry)
