"""Event triggers: functions that run on DDL. Hosted Supabase lets `postgres` make them through supautils."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.diff.kinds.common.trigger_like import STATES
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class EventTrigger(Item):
    """An event trigger; `tags` filter by command tag, `function` is the qualified SQL name."""

    kind: ClassVar[str] = "event_trigger"
    name: str
    event: str
    tags: tuple[str, ...]
    function_schema: str
    function: str
    enabled: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def label(self) -> str:
        return f"EVENT TRIGGER {ident(self.name)}"


class EventTriggerKind(Kind[EventTrigger]):
    item = EventTrigger
    rank = 270
    section = 65
    noun = "event trigger"
    # The platform's own call functions of platform schemas.
    sql_file = "triggers"
    found_in = "pg_event_trigger"
    query = f"""
        SELECT 3466::int8, t.oid::int8, 0, t.evtname AS name, t.evtevent AS event,
            coalesce(t.evttags, '{{}}') AS tags, n.nspname AS function_schema, p.proname AS function,
            t.evtenabled::text AS enabled
        FROM pg_catalog.pg_event_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE {user_schema()} AND {not_member("pg_event_trigger", "t.oid")}
    """

    def create(self, new: EventTrigger, context: Context) -> Operations:
        tags = f" WHEN TAG IN ({', '.join(map(literal, new.tags))})" if new.tags else ""
        function = qualified(new.function_schema, new.function)
        sql = f"CREATE {new.label} ON {new.event}{tags} EXECUTE FUNCTION {function}()"
        made = op.CreateObject(self.name, new.identity, context.author_sql(new) or sql)
        return [made, *self._enable("O", new)]

    def _enable(self, before: str, new: EventTrigger) -> list[MigrateOperation]:
        if before == new.enabled:
            return []
        return [op.AlterObject(self.name, new.identity, f"ALTER {new.label} {STATES[new.enabled]}")]

    def drop(self, old: EventTrigger, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}")]

    def replaces(self, old: EventTrigger, new: EventTrigger, context: Context) -> bool:
        return replace(old, enabled=new.enabled) != new

    def alter(self, old: EventTrigger, new: EventTrigger, context: Context) -> Operations:
        return self._enable(old.enabled, new)

    def rename(self, old: EventTrigger, new: EventTrigger, context: Context) -> Operations:
        sql = f"ALTER {old.label} RENAME TO {ident(new.name)}"
        return [op.RenameObject(self.name, new.identity, sql)]


KIND = EventTriggerKind()
