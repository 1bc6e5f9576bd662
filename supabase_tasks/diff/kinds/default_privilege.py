"""Default privileges: what objects that a role creates later will grant, in one schema or everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.scope import user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common import acl
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.context import Context

_WORDS = {"r": "TABLES", "S": "SEQUENCES", "f": "FUNCTIONS", "T": "TYPES", "n": "SCHEMAS"}
_LETTERS = {"r": "r", "S": "s", "f": "f", "T": "T", "n": "n"}
_BUILT_IN = {"f": ("=X/",), "T": ("=U/",)}
_OWNER = {
    "r": ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"],
    "S": ["SELECT", "UPDATE", "USAGE"],
    "f": ["EXECUTE"],
    "T": ["USAGE"],
    "n": ["USAGE", "CREATE"],
}


@dataclass(frozen=True, kw_only=True)
class DefaultPrivilege(Item):
    """One row of pg_default_acl; an empty `schema` means everywhere."""

    kind: ClassVar[str] = "default_privilege"
    role: str
    schema: str
    object_type: str
    privileges: frozenset[acl.Privilege]

    def __post_init__(self) -> None:
        object.__setattr__(self, "privileges", acl.normalise(self.privileges))

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.role, self.schema, self.object_type)


class DefaultPrivilegeKind(Kind[DefaultPrivilege]):
    item = DefaultPrivilege
    rank = 290
    # Last: the lists of objects that the same migration creates are reckoned with the privileges of before.
    section = 90
    noun = "default privilege"
    sql_file = "grants"
    query = f"""
        SELECT 826::int8, d.oid::int8, 0, r.rolname AS role, coalesce(n.nspname, '') AS schema,
            d.defaclobjtype::text AS object_type, d.defaclacl::text[] AS privileges
        FROM pg_catalog.pg_default_acl d JOIN pg_catalog.pg_roles r ON r.oid = d.defaclrole
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
        WHERE d.defaclnamespace = 0 OR ({user_schema()})
    """

    def needs(self, item: DefaultPrivilege) -> list[Key]:
        return [("schema", (item.schema,))] if item.schema else []

    def dropped_along_with(self, item: DefaultPrivilege, snapshot: Snapshot) -> list[Key]:
        return [("schema", (item.schema,))] if item.schema else []

    def _base(self, item: DefaultPrivilege) -> frozenset[acl.Privilege]:
        if item.schema:
            return frozenset()
        own = frozenset(acl.Privilege(item.role, name) for name in _OWNER[item.object_type])
        return acl.parse(_BUILT_IN.get(item.object_type, ())) | own

    def create(self, new: DefaultPrivilege, context: Context) -> Operations:
        return self._changes(self._base(new), new.privileges, new)

    def drop(self, old: DefaultPrivilege, context: Context) -> Operations:
        return self._changes(old.privileges, self._base(old), old)

    def alter(self, old: DefaultPrivilege, new: DefaultPrivilege, context: Context) -> Operations:
        return self._changes(old.privileges, new.privileges, new)

    def _changes(
        self, old: frozenset[acl.Privilege], new: frozenset[acl.Privilege], item: DefaultPrivilege
    ) -> Operations:
        place = f" IN SCHEMA {ident(item.schema)}" if item.schema else ""
        prefix = f"ALTER DEFAULT PRIVILEGES FOR ROLE {ident(item.role)}{place} "
        found = []
        letter, on = _LETTERS[item.object_type], _WORDS[item.object_type]
        for change in acl.changes(old, new):
            hazards = []
            if {privilege.grantee for privilege in change.given} & {"", "anon", "authenticated"}:
                names = ", ".join(sorted({privilege.grantee or "PUBLIC" for privilege in change.given}))
                message = f"new {on.lower()} of {item.role} are opened to {names}"
                hazards.append(Hazard("grant-widened", message, item.schema))
            sql = prefix + change.sql(letter, on)
            found.append(op.AlterObject(self.name, item.identity, sql, hazards=hazards))
        return found


KIND = DefaultPrivilegeKind()
