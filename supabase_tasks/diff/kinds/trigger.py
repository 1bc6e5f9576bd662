"""Triggers, also those that users hang on platform tables (`auth.users`): definition and enabled state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.scope import not_member, open_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.kinds.common.trigger_like import TriggerLike, TriggerLikeKind


@dataclass(frozen=True, kw_only=True)
class Trigger(TriggerLike):
    """A trigger; `definition` is pg_get_triggerdef's text, `enabled` pg_trigger.tgenabled, `on` its relation's relkind."""

    kind: ClassVar[str] = "trigger"

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", canonical(self.definition))


class TriggerKind(TriggerLikeKind[Trigger]):
    item = Trigger
    rank = 180
    slug_rank = 14
    section = 45
    noun = "trigger"
    mode = locks.mode("CREATE TRIGGER")
    query = f"""
        SELECT 2620::int8, t.oid::int8, 0, n.nspname AS schema, c.relname AS table, t.tgname AS name,
            pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled::text AS enabled, c.relkind::text AS on
        FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND c.relpersistence <> 't' AND {open_schema()}
            AND {not_member("pg_trigger", "t.oid")} AND {not_member("pg_class", "c.oid")}
    """


KIND = TriggerKind()
