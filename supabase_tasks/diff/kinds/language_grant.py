"""Privileges on languages, which come with PostgreSQL or an extension; of those that the role that reads owns.

The others are named (`undumped`): only their owner may grant there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks import undumped
from supabase_tasks.diff.catalog.item import Address, Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.kinds.common import acl, deviating
from supabase_tasks.diff.kinds.common.deviating import DeviatingPrivileges
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class LanguageGrant(DeviatingPrivileges):
    """The access list of the language called `name`."""

    kind: ClassVar[str] = "language_grant"
    name: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)

    def resolve(self, addresses: Mapping[Address, Key]) -> LanguageGrant | None:
        return self if self.deviates else None


class LanguageGrantKind(Kind[LanguageGrant]):
    item = LanguageGrant
    rank = 282
    section = 48
    noun = "grant"
    sql_file = "grants"
    found_in = "pg_language WHERE lanacl IS NOT NULL"
    query = f"""
        SELECT 2612::int8, l.oid::int8, 0, 'l' AS letter, 'LANGUAGE ' || quote_ident(l.lanname) AS on, true AS owned,
            ARRAY(SELECT b::text FROM unnest(coalesce(i.initprivs, acldefault('l', l.lanowner))) b) AS base,
            l.lanacl::text[] AS privileges, l.lanname AS name
        FROM pg_catalog.pg_language l
            LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = 2612 AND i.objoid = l.oid AND i.objsubid = 0
        WHERE l.lanacl IS NOT NULL AND l.lanacl::text[] <> acldefault('l', l.lanowner)::text[]
            AND {undumped.may_grant_on_language("l.lanowner")}
    """

    def create(self, new: LanguageGrant, context: Context) -> Operations:
        return self._operations(deviating.creation(new), new)

    def drop(self, old: LanguageGrant, context: Context) -> Operations:
        return self._operations(deviating.removal(old), old)

    def alter(self, old: LanguageGrant, new: LanguageGrant, context: Context) -> Operations:
        return self._operations(deviating.alteration(old, new), new)

    def _operations(self, changes: Iterable[acl.PrivilegeChange], item: LanguageGrant) -> Operations:
        return [
            op.AlterObject(
                self.name,
                item.identity,
                change.sql(item.letter, item.on),
                hazards=deviating.hazards(f"language {item.name}", change),
            )
            for change in changes
        ]


KIND = LanguageGrantKind()
