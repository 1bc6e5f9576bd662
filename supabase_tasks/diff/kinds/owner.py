"""Who owns each object; new ones belong to the role that applies the migration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Address, Item, Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Owner(Item):
    """The owning role of `target`."""

    kind: ClassVar[str] = "owner"
    is_attribute: ClassVar[bool] = True
    role: str
    target: Key | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        kind, identity = self.target or ("", ())
        return (kind, *identity)

    def resolve(self, addresses: Mapping[Address, Key]) -> Owner | None:
        target = addresses.get(self.address)
        return None if target is None else replace(self, target=target)

    @property
    def parent(self) -> Key | None:
        return self.target


_SOURCES = (
    (1259, "pg_class", "relowner", "x.relkind IN ('r', 'p', 'v', 'm', 'S')"),
    (1255, "pg_proc", "proowner", "true"),
    (1247, "pg_type", "typowner", "x.typtype IN ('e', 'd', 'c', 'r')"),
    (2615, "pg_namespace", "nspowner", "true"),
)


class OwnerKind(Kind[Owner]):
    item = Owner
    rank = 310
    section = 49
    noun = "owner"
    query = " UNION ALL ".join(
        f"SELECT {number}::int8, x.oid::int8, 0, pg_catalog.pg_get_userbyid(x.{column})::text AS role"
        f" FROM pg_catalog.{catalog} x WHERE x.oid >= 16384 AND {condition}"
        for number, catalog, column, condition in _SOURCES
    )

    def create(self, new: Owner, context: Context) -> Operations:
        return [] if new.role == context.options.role else self.alter(new, new, context)

    def drop(self, old: Owner, context: Context) -> Operations:
        return []

    def alter(self, old: Owner, new: Owner, context: Context) -> Operations:
        assert new.target is not None
        name = ".".join(new.target[1])
        label = context.label(new.target).replace("AGGREGATE ", "FUNCTION ", 1)
        hazard = Hazard("incompatible", f"{new.role} owns {name} from now on", name)
        return [op.AlterObject(self.name, new.identity, f"ALTER {label} OWNER TO {ident(new.role)}", hazards=[hazard])]


KIND = OwnerKind()
