"""What `supabase_realtime` sends: the publication is the platform's, its options are the project's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.diff.kinds.common.published import ACTIONS, option_changes

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_NAME = "supabase_realtime"


@dataclass(frozen=True, kw_only=True)
class RealtimeOptions(Item):
    """The options of the publication; where there is none, those that a new one has."""

    kind: ClassVar[str] = "realtime_options"
    is_attribute: ClassVar[bool] = True
    name: str
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
        SELECT 6104::int8, coalesce(p.oid::int8, 0), 0, '{_NAME}' AS name,
            CASE WHEN p.oid IS NULL THEN '{{insert,update,delete,truncate}}'::text[] ELSE {ACTIONS} END AS actions,
            coalesce(p.pubviaroot, false) AS via_root
        FROM (VALUES (0)) one LEFT JOIN pg_catalog.pg_publication p ON p.pubname = '{_NAME}'
    """

    def create(self, new: RealtimeOptions, context: Context) -> Operations:
        # Both sides have it, in every database.
        raise NotImplementedError

    def drop(self, old: RealtimeOptions, context: Context) -> Operations:
        raise NotImplementedError

    def alter(self, old: RealtimeOptions, new: RealtimeOptions, context: Context) -> Operations:
        return [op.AlterObject(self.name, new.identity, f"ALTER PUBLICATION {_NAME} SET ({option_changes(old, new)})")]


KIND = RealtimeOptionsKind()
