"""Extended statistics: the planner's knowledge of columns together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import columns_by_name
from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Statistics(SchemaItem):
    """A statistics object; `definition` is pg_get_statisticsobjdef's text, `by_name` what is compared of it, `target` None for
    the default."""

    kind: ClassVar[str] = "statistics"
    table_schema: str
    table: str
    definition: str = field(compare=False)
    by_name: str = field(default="", init=False, repr=False)
    target: int | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", columns_by_name(self.definition))

    @property
    def parent(self) -> Key:
        return ("table", (self.table_schema, self.table))

    @property
    def label(self) -> str:
        return f"STATISTICS {qualified(*self.identity)}"


class StatisticsKind(Kind[Statistics]):
    item = Statistics
    rank = 130
    rename_rounds = (RenameRound.ON_TABLES,)
    rebuilt = True
    cycle_breaker = 1
    dropped_along_with = Kind.dropped_with_column
    section = 42
    noun = "statistics object"
    # stxstattarget is null for the default since PostgreSQL 17, -1 before.
    found_in = "pg_statistic_ext"
    query = f"""
        SELECT 3381::int8, s.oid::int8, 0, n.nspname AS schema, s.stxname AS name, cn.nspname AS table_schema,
            c.relname AS table, pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition,
            nullif(s.stxstattarget, -1)::int AS target
        FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
            JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
        WHERE {user_schema()} AND {not_member("pg_statistic_ext", "s.oid")}
    """

    def create(self, new: Statistics, context: Context) -> Operations:
        hazard = lock(qualified(new.table_schema, new.table), locks.mode("STATISTICS"))
        sql = context.author_sql(new) or new.definition
        return [op.CreateObject(self.name, new.identity, sql, hazards=[hazard]), *self._target(None, new)]

    def _target(self, before: int | None, new: Statistics) -> list[MigrateOperation]:
        if before == new.target:
            return []
        # DEFAULT is spelt -1 before PostgreSQL 17, and still understood.
        value = -1 if new.target is None else new.target
        return [op.AlterObject(self.name, new.identity, f"ALTER {new.label} SET STATISTICS {value}")]

    def drop(self, old: Statistics, context: Context) -> Operations:
        hazard = lock(qualified(old.table_schema, old.table), locks.mode("STATISTICS"))
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}", hazards=[hazard])]

    def forgets(self, item: Statistics, cause: Key, context: Context) -> Statistics | None:
        # Source: PostgreSQL 17, ATPostAlterTypeCleanup(): the object is created anew from its definition.
        return None if item.target is None else replace(item, target=None)

    def replaces(self, old: Statistics, new: Statistics, context: Context) -> bool:
        return replace(old, address=new.address, target=new.target) != new

    def alter(self, old: Statistics, new: Statistics, context: Context) -> Operations:
        return self._target(old.target, new)

    def rename(self, old: Statistics, new: Statistics, context: Context) -> Operations:
        return op.rename_in_schema("STATISTICS", self.name, old.identity, new.identity)

    def similarity(self, old: Statistics, new: Statistics, context: Context) -> float:
        text = old.definition.replace(qualified(*old.identity), qualified(*new.identity), 1)
        return float(replace(old, schema=new.schema, name=new.name, definition=text, target=new.target) == new)


KIND = StatisticsKind()
