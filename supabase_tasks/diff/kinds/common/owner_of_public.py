"""The two owners that a project's schema public may have: they are one, because each may do what the other may."""

from __future__ import annotations

from supabase_tasks.platform_schemas import OWNER_OF_PUBLIC

_DATABASE_OWNER = (
    "(SELECT pg_catalog.pg_get_userbyid(d.datdba)::text FROM pg_catalog.pg_database d"
    " WHERE d.datname = pg_catalog.current_database())"
)


def as_database_owner(schema: str, name: str, privileges: str) -> tuple[str, str]:
    """The SQL of the owner of the schema that `schema` is the SQL of, and of its access list (text[]): of public with the
    database's owner in place of `pg_database_owner`.

    Source: PostgreSQL 17, "Predefined Roles": the owner of the database is the one member of that role.
    """
    return (
        f"CASE WHEN {schema} = 'public' AND {name} = '{OWNER_OF_PUBLIC}' THEN {_DATABASE_OWNER} ELSE {name} END",
        f"CASE WHEN {schema} = 'public' THEN replace({privileges}::text, '{OWNER_OF_PUBLIC}',"
        f" quote_ident({_DATABASE_OWNER}))::text[] ELSE {privileges} END",
    )
