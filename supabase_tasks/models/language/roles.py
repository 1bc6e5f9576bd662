"""Roles: those of every Supabase database, and the author's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import dollar_quoted, ident
from supabase_tasks.models.language.base import MetadataDeclared
from supabase_tasks.models.language.words import Phase, Word, register_word
from supabase_tasks.sql_text import literal


class PlatformRole(str):
    """The name of a role that the platform creates."""

    __slots__ = ()


anon = PlatformRole("anon")
authenticated = PlatformRole("authenticated")
service_role = PlatformRole("service_role")
public_role = PlatformRole("public")
"""PostgreSQL's PUBLIC: every role."""

API_ROLES = (anon, authenticated, service_role)

# Roles of a hosted project (supabase/postgres, 17.x) and PostgreSQL's words for roles.
PLATFORM_ROLES = frozenset(
    {
        *API_ROLES,
        public_role,
        "postgres",
        "authenticator",
        "dashboard_user",
        "pgbouncer",
        "supabase_admin",
        "supabase_auth_admin",
        "supabase_storage_admin",
        "supabase_realtime_admin",
        "supabase_replication_admin",
        "supabase_read_only_user",
        "supabase_functions_admin",
        "supabase_etl_admin",
        "current_user",
        "current_role",
        "session_user",
    }
)
_WORDS = frozenset({"public", "current_user", "current_role", "session_user"})


@dataclass(frozen=True, eq=False)
class Role(MetadataDeclared):
    """A role of the author's own, so that policies and grants may name it.

    Roles belong to the cluster, not to a database: no migration is made for it. It is created without login where the
    models are built; on a target `supabase/roles.sql` or a hand-written migration creates it.
    """

    name: str

    @property
    def kind(self) -> str:
        return "role"

    @property
    def identity(self) -> Identity:
        return (self.name,)

    @property
    def on_clause(self) -> str:
        return f"role {ident(self.name)}"

    def statements(self) -> list[str]:
        body = (
            f" begin if not exists (select from pg_catalog.pg_roles where rolname = {literal(self.name)})"
            f" then create role {ident(self.name)} nologin; end if; end "
        )
        return [f"do {dollar_quoted(body)}"]


RoleLike: TypeAlias = "str | Role"
Roles: TypeAlias = "RoleLike | Iterable[RoleLike]"


def role_names(roles: Roles) -> tuple[str, ...]:
    """The names, in the given order, once each."""
    several = [roles] if isinstance(roles, str | Role) else list(roles)
    return tuple(dict.fromkeys(role.name if isinstance(role, Role) else str(role) for role in several))


def role_sql(name: str) -> str:
    """A role's name in SQL: PUBLIC and CURRENT_USER are words, not identifiers."""
    return name if name in _WORDS else ident(name)


def roles_sql(names: Iterable[str]) -> str:
    """Role names separated by commas."""
    return ", ".join(role_sql(name) for name in names)


register_word(Word("role", Phase.ROLE, space="role"))
