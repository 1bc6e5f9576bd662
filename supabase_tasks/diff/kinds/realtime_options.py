"""What `supabase_realtime` sends: in a database of Supabase the publication is the platform's, with its owner; its options are
the project's, and whether it is FOR ALL TABLES."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import in_supabase
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.diff.kinds.common.published import ACTIONS, option_changes, option_list

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_NAME = "supabase_realtime"


@dataclass(frozen=True, kw_only=True)
class RealtimeOptions(Item):
    """The options of the publication; where there is none, those that a new one has."""

    kind: ClassVar[str] = "realtime_options"
    is_attribute: ClassVar[bool] = True
    name: str
    all_tables: bool
    actions: tuple[str, ...]
    via_root: bool

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)


class RealtimeOptionsKind(Kind[RealtimeOptions]):
    item = RealtimeOptions
    rank = 246
    section = 60
    noun = "publication"
    query = f"""
        SELECT 6104::int8, coalesce(p.oid::int8, 0), 0, '{_NAME}' AS name, coalesce(p.puballtables, false) AS all_tables,
            CASE WHEN p.oid IS NULL THEN '{{insert,update,delete,truncate}}'::text[] ELSE {ACTIONS} END AS actions,
            coalesce(p.pubviaroot, false) AS via_root
        FROM (VALUES (0)) one LEFT JOIN pg_catalog.pg_publication p ON p.pubname = '{_NAME}'
        WHERE {in_supabase()}
    """

    def create(self, new: RealtimeOptions, context: Context) -> Operations:
        # Where one is missing, the other side has what a new one has.
        what = " FOR ALL TABLES" if new.all_tables else ""
        sql = f"CREATE PUBLICATION {_NAME}{what} WITH ({option_list(new)})"
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: RealtimeOptions, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP PUBLICATION IF EXISTS {_NAME}")]

    def replaces(self, old: RealtimeOptions, new: RealtimeOptions, context: Context) -> bool:
        return old.all_tables != new.all_tables

    def alter(self, old: RealtimeOptions, new: RealtimeOptions, context: Context) -> Operations:
        return [op.AlterObject(self.name, new.identity, f"ALTER PUBLICATION {_NAME} SET ({option_changes(old, new)})")]


KIND = RealtimeOptionsKind()
