"""Extensions: that they are installed, and where. Versions are the server's affair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import data_loss
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Extension(Item):
    """An installed extension. `relocatable` is the control file's word on ALTER EXTENSION … SET SCHEMA."""

    kind: ClassVar[str] = "extension"
    name: str
    schema: str
    relocatable: bool

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)


class ExtensionKind(Kind[Extension]):
    item = Extension
    rank = 20
    slug_rank = 18
    section = 11
    noun = "extension"
    sql_file = "extensions"
    query = """
        SELECT 3079::int8, x.oid::int8, 0, x.extname AS name, n.nspname AS schema, x.extrelocatable AS relocatable
        FROM pg_catalog.pg_extension x JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace
        WHERE x.extname <> 'plpgsql'
    """

    def needs(self, item: Extension) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: Extension, context: Context) -> Operations:
        # IF NOT EXISTS: hosted projects have some extensions installed that a fresh database has not.
        sql = f"CREATE EXTENSION IF NOT EXISTS {ident(new.name)}"
        # A schema of the platform other than `extensions` is the extension's own: its control file names it, and a
        # fresh database gets it with the extension (pgtle, pgmq, topology).
        own = new.schema in PLATFORM_SCHEMAS and new.schema != "extensions"
        return [op.CreateObject(self.name, new.identity, sql if own else f"{sql} WITH SCHEMA {ident(new.schema)}")]

    def drop(self, old: Extension, context: Context) -> Operations:
        hazard = data_loss(old.name, f"extension {old.name} is dropped with everything it holds")
        return [op.DropObject(self.name, old.identity, f"DROP EXTENSION {ident(old.name)}", hazards=[hazard])]

    def replaces(self, old: Extension, new: Extension, context: Context) -> bool:
        return old.schema != new.schema and not old.relocatable

    def alter(self, old: Extension, new: Extension, context: Context) -> Operations:
        sql = f"ALTER EXTENSION {ident(new.name)} SET SCHEMA {ident(new.schema)}"
        return [op.AlterObject(self.name, new.identity, sql)]


KIND = ExtensionKind()
