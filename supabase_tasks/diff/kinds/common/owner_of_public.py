"""The two owners that a project's schema public may have: they are one, because each may do what the other may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from supabase_tasks.diff.kinds.common import acl, grantors
from supabase_tasks.platform_schemas import OWNER_OF_PUBLIC

_DATABASE_OWNER = (
    "(SELECT pg_catalog.pg_get_userbyid(d.datdba)::text FROM pg_catalog.pg_database d"
    " WHERE d.datname = pg_catalog.current_database())"
)


def as_database_owner(schema: str, name: str, privileges: str) -> tuple[str, str]:
    """The SQL of the owner of the schema that `schema` is the SQL of, and of its access list (text[]): of public with the
    database's owner in place of `pg_database_owner`, but not where it granted something: only it can revoke that.

    Source: PostgreSQL 17, "Predefined Roles": the owner of the database is the one member of that role.
    """
    return (
        f"CASE WHEN {schema} = 'public' AND {name} = '{OWNER_OF_PUBLIC}' THEN {_DATABASE_OWNER} ELSE {name} END",
        f"CASE WHEN {schema} = 'public' THEN regexp_replace({privileges}::text, '([{{,]){OWNER_OF_PUBLIC}=',"
        f" '\\1' || quote_ident({_DATABASE_OWNER}) || '=', 'g')::text[] ELSE {privileges} END",
    )


def acts_by(owner: str, texts: Iterable[str]) -> str:
    """The role that grants and revokes what the owner of a schema with this access list does."""
    return OWNER_OF_PUBLIC if any(text.endswith(f"/{OWNER_OF_PUBLIC}") for text in texts) else owner


def without_options(privileges: frozenset[acl.Privilege], owner: str) -> frozenset[acl.Privilege]:
    """The privileges with none that `owner` may pass on: who owns public by another role may that anyway."""
    return frozenset(replace(one, grantable=one.grantable and one.grantee != owner) for one in privileges)


def without_options_in(links: frozenset[grantors.GrantLink], owner: str) -> frozenset[grantors.GrantLink]:
    """`without_options` of privileges with who granted them."""
    kept = ((link, without_options(frozenset({link.privilege}), owner)) for link in links)
    return frozenset(replace(link, privilege=one) for link, found in kept for one in found)
