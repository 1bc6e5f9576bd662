"""Casts between types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_CONTEXTS = {"a": " AS ASSIGNMENT", "i": " AS IMPLICIT", "e": ""}


@dataclass(frozen=True, kw_only=True)
class Cast(Item):
    """A cast; `way` is how it is done as CREATE CAST says it, `implicit` pg_cast.castcontext."""

    kind: ClassVar[str] = "cast"
    source: str
    target: str
    way: str
    implicit: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.source, self.target)

    @property
    def label(self) -> str:
        return f"CAST ({self.source} AS {self.target})"


class CastKind(Kind[Cast]):
    item = Cast
    rank = 173
    section = 37
    noun = "cast"
    # As pg_dump does, it counts where the function or one of the types is the project's; that of a range type to its
    # multirange type is a part of it (deptype 'i').
    found_in = "pg_cast WHERE oid >= 16384"
    query = f"""
        SELECT 2605::int8, c.oid::int8, 0, pg_catalog.format_type(c.castsource, NULL) AS source,
            pg_catalog.format_type(c.casttarget, NULL) AS target,
            CASE c.castmethod WHEN 'i' THEN 'WITH INOUT' WHEN 'b' THEN 'WITHOUT FUNCTION'
                ELSE 'WITH FUNCTION ' || c.castfunc::regprocedure::text END AS way,
            c.castcontext::text AS implicit
        FROM pg_catalog.pg_cast c
        WHERE c.oid >= 16384 AND {not_member("pg_cast", "c.oid")}
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend own
                WHERE own.classid = 2605 AND own.objid = c.oid AND own.deptype = 'i')
            AND EXISTS (
            SELECT FROM pg_catalog.pg_namespace n WHERE n.oid IN (
                SELECT t.typnamespace FROM pg_catalog.pg_type t WHERE t.oid IN (c.castsource, c.casttarget)
                UNION ALL SELECT p.pronamespace FROM pg_catalog.pg_proc p WHERE p.oid = c.castfunc
            ) AND {user_schema()})
    """

    def create(self, new: Cast, context: Context) -> Operations:
        sql = f"CREATE {new.label} {new.way}{_CONTEXTS[new.implicit]}"
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: Cast, context: Context) -> Operations:
        label = old.label
        hazards = [] if old.key in context.desired.items else [incompatible(label, f"code that uses {label} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP {label}", hazards=hazards)]

    def replaces(self, old: Cast, new: Cast, context: Context) -> bool:
        return True


KIND = CastKind()
