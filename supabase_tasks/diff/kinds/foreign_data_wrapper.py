"""Foreign data wrappers. Hosted Supabase lets `postgres` make them through supautils."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import not_member
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common import options
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class ForeignDataWrapper(Item):
    """A wrapper; `handler` and `validator` are SQL names of functions, or empty."""

    kind: ClassVar[str] = "foreign_data_wrapper"
    name: str
    handler: str
    validator: str
    options: tuple[str, ...] = field(repr=False)

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def label(self) -> str:
        return f"FOREIGN DATA WRAPPER {ident(self.name)}"


def _function(column: str) -> str:
    return f"CASE WHEN w.{column} = 0 THEN '' ELSE w.{column}::regproc::text END"


class ForeignDataWrapperKind(Kind[ForeignDataWrapper]):
    item = ForeignDataWrapper
    rank = 242
    section = 38
    noun = "foreign data wrapper"
    found_in = "pg_foreign_data_wrapper WHERE oid >= 16384"
    query = f"""
        SELECT 2328::int8, w.oid::int8, 0, w.fdwname AS name, {_function("fdwhandler")} AS handler,
            {_function("fdwvalidator")} AS validator, ARRAY(SELECT o FROM unnest(w.fdwoptions) o ORDER BY o) AS options
        FROM pg_catalog.pg_foreign_data_wrapper w
        WHERE w.oid >= 16384 AND {not_member("pg_foreign_data_wrapper", "w.oid")}
    """

    def create(self, new: ForeignDataWrapper, context: Context) -> Operations:
        functions = f" HANDLER {new.handler}" if new.handler else ""
        functions += f" VALIDATOR {new.validator}" if new.validator else ""
        sql = f"CREATE {new.label}{functions}{options.create_clause(new.options, new)}"
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: ForeignDataWrapper, context: Context) -> Operations:
        hazard = incompatible(old.label, f"what reads through {old.label} breaks")
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}", hazards=[hazard])]

    def alter(self, old: ForeignDataWrapper, new: ForeignDataWrapper, context: Context) -> Operations:
        words = "" if old.handler == new.handler else f" HANDLER {new.handler}" if new.handler else " NO HANDLER"
        if old.validator != new.validator:
            words += f" VALIDATOR {new.validator}" if new.validator else " NO VALIDATOR"
        words += options.alter_clause(old.options, new.options, new)
        return [op.AlterObject(self.name, new.identity, f"ALTER {new.label}{words}")]


KIND = ForeignDataWrapperKind()
