"""Foreign servers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.scope import not_member
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common import options
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class ForeignServer(Item):
    """A server of the foreign data wrapper `wrapper`."""

    kind: ClassVar[str] = "foreign_server"
    name: str
    wrapper: str
    type: str
    version: str
    options: tuple[str, ...] = field(repr=False)

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def label(self) -> str:
        return f"SERVER {ident(self.name)}"

    @property
    def grant_label(self) -> str:
        return f"FOREIGN {self.label}"


class ForeignServerKind(Kind[ForeignServer]):
    item = ForeignServer
    rank = 243
    section = 39
    noun = "foreign server"
    found_in = "pg_foreign_server"
    query = f"""
        SELECT 1417::int8, s.oid::int8, 0, s.srvname AS name, w.fdwname AS wrapper, coalesce(s.srvtype, '') AS type,
            coalesce(s.srvversion, '') AS version, ARRAY(SELECT o FROM unnest(s.srvoptions) o ORDER BY o) AS options
        FROM pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
        WHERE {not_member("pg_foreign_server", "s.oid")}
    """

    def needs(self, item: ForeignServer) -> list[Key]:
        return [("foreign_data_wrapper", (item.wrapper,))]

    def create(self, new: ForeignServer, context: Context) -> Operations:
        words = f" TYPE {literal(new.type)}" if new.type else ""
        words += f" VERSION {literal(new.version)}" if new.version else ""
        words += f" FOREIGN DATA WRAPPER {ident(new.wrapper)}{options.create_clause(new.options, new)}"
        return [op.CreateObject(self.name, new.identity, f"CREATE {new.label}{words}")]

    def drop(self, old: ForeignServer, context: Context) -> Operations:
        hazard = incompatible(old.label, f"what reads through {old.label} breaks")
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}", hazards=[hazard])]

    def replaces(self, old: ForeignServer, new: ForeignServer, context: Context) -> bool:
        # A version can be set, and not be taken off.
        return (old.wrapper, old.type) != (new.wrapper, new.type) or bool(old.version and not new.version)

    def alter(self, old: ForeignServer, new: ForeignServer, context: Context) -> Operations:
        words = f" VERSION {literal(new.version)}" if old.version != new.version else ""
        words += options.alter_clause(old.options, new.options, new)
        return [op.AlterObject(self.name, new.identity, f"ALTER {new.label}{words}")]


KIND = ForeignServerKind()
