"""ALTER … DEPENDS ON EXTENSION: what PostgreSQL drops together with an extension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Address, Item, Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class ExtensionDependency(Item):
    """That `target` (a function, procedure, trigger, index or materialized view) goes with `extension`."""

    kind: ClassVar[str] = "extension_dependency"
    is_attribute: ClassVar[bool] = True
    extension: str
    target: Key | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        kind, identity = self.target or ("", ())
        return (kind, *identity, self.extension)

    def resolve(self, addresses: Mapping[Address, Key]) -> ExtensionDependency | None:
        target = addresses.get(self.address)
        return None if target is None else replace(self, target=target)

    @property
    def parent(self) -> Key | None:
        return self.target


class ExtensionDependencyKind(Kind[ExtensionDependency]):
    item = ExtensionDependency
    rank = 305
    section = 71
    noun = "extension dependency"
    query = """
        SELECT d.classid::int8, d.objid::int8, d.objsubid, e.extname AS extension
        FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE d.refclassid = 3079 AND d.deptype = 'x'
    """

    def needs(self, item: ExtensionDependency) -> list[Key]:
        return [("extension", (item.extension,))]

    def create(self, new: ExtensionDependency, context: Context) -> Operations:
        sql = f"ALTER {self._label(new, context)} DEPENDS ON EXTENSION {ident(new.extension)}"
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: ExtensionDependency, context: Context) -> Operations:
        sql = f"ALTER {self._label(old, context)} NO DEPENDS ON EXTENSION {ident(old.extension)}"
        return [op.DropObject(self.name, old.identity, sql)]

    def replaces(self, old: ExtensionDependency, new: ExtensionDependency, context: Context) -> bool:
        # It is its target and its extension: nothing else of it could differ.
        return True

    def _label(self, item: ExtensionDependency, context: Context) -> str:
        assert item.target is not None
        return context.label(item.target)


KIND = ExtensionDependencyKind()
