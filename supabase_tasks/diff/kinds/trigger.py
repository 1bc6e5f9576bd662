"""Triggers, also those that users hang on platform tables (`auth.users`): definition and enabled state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff import operations as op
from supabase_tasks.diff.deparse import canonical
from supabase_tasks.diff.hazards import lock
from supabase_tasks.diff.kind import Key, Kind, Operations, TableItem
from supabase_tasks.diff.names import ident, qualified
from supabase_tasks.diff.scope import not_member, open_schema

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.context import Context

_STATES = {"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


@dataclass(frozen=True, kw_only=True)
class Trigger(TableItem):
    """A trigger; `definition` is pg_get_triggerdef's text, `enabled` pg_trigger.tgenabled, `on` its relation's relkind."""

    kind: ClassVar[str] = "trigger"
    definition: str
    enabled: str
    on: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", canonical(self.definition))


class TriggerKind(Kind[Trigger]):
    item = Trigger
    section = 45
    noun = "trigger"
    renames = True
    query = f"""
        SELECT 2620::int8, t.oid::int8, 0, n.nspname AS schema, c.relname AS table, t.tgname AS name,
            pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled::text AS enabled, c.relkind::text AS on
        FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND c.relpersistence <> 't' AND {open_schema()}
            AND {not_member("pg_trigger", "t.oid")} AND {not_member("pg_class", "c.oid")}
    """

    def parent(self, item: Trigger) -> Key:
        return ("view" if item.on == "v" else "table", (item.schema, item.table))

    def label(self, item: Trigger) -> str:
        return f"TRIGGER {ident(item.name)} ON {qualified(item.schema, item.table)}"

    def create(self, new: Trigger, context: Context) -> Operations:
        hazard = lock(qualified(new.schema, new.table), "SHARE ROW EXCLUSIVE")
        sql = context.author_sql(new) or new.definition
        return [op.CreateObject(self.name, new.identity, sql, hazards=[hazard]), *self._enabled("O", new)]

    def _enabled(self, before: str, new: Trigger) -> list[MigrateOperation]:
        if before == new.enabled:
            return []
        relation = qualified(new.schema, new.table)
        hazard = lock(relation, "SHARE ROW EXCLUSIVE")
        text = f"{_STATES[new.enabled]} TRIGGER {ident(new.name)}"
        return [op.TableClause(self.name, new.identity, relation, text, hazards=[hazard])]

    def drop(self, old: Trigger, context: Context) -> Operations:
        hazard = lock(qualified(old.schema, old.table), "ACCESS EXCLUSIVE")
        return [op.DropObject(self.name, old.identity, f"DROP {self.label(old)}", hazards=[hazard])]

    def replaces(self, old: Trigger, new: Trigger, context: Context) -> bool:
        return old.definition != new.definition

    def alter(self, old: Trigger, new: Trigger, context: Context) -> Operations:
        return self._enabled(old.enabled, new)

    def rename(self, old: Trigger, new: Trigger, context: Context) -> Operations:
        return op.rename_on_table("TRIGGER", self.name, old.identity, new.identity)

    def likeness(self, old: Trigger, new: Trigger, context: Context) -> float:
        text = old.definition.replace(f"TRIGGER {ident(old.name)} ", f"TRIGGER {ident(new.name)} ", 1)
        return float(replace(old, name=new.name, definition=text) == new)


KIND = TriggerKind()
