"""Triggers, also those that users hang on platform tables (`auth.users`): definition and enabled state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.scope import not_member, open_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Name
from supabase_tasks.diff.kinds.common.trigger_like import TriggerLike, TriggerLikeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supabase_tasks.diff.kinds.common.context import Context
    from supabase_tasks.diff.kinds.common.kind import Operations


@dataclass(frozen=True, kw_only=True)
class Trigger(TriggerLike):
    """A trigger; `definition` is pg_get_triggerdef's text, `enabled` pg_trigger.tgenabled, `on` its relation's relkind,
    `constraint` the name of a constraint trigger among its table's constraints."""

    kind: ClassVar[str] = "trigger"
    constraint: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", canonical(self.definition))


class TriggerKind(TriggerLikeKind[Trigger]):
    item = Trigger
    rank = 180
    slug_rank = 14
    section = 45
    noun = "trigger"
    mode = locks.mode("CREATE TRIGGER")
    has_children = True
    sql_file = "triggers"
    found_in = "pg_trigger WHERE NOT tgisinternal"
    query = f"""
        SELECT 2620::int8, t.oid::int8, 0, n.nspname AS schema, c.relname AS table, t.tgname AS name,
            pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled::text AS enabled, c.relkind::text AS on,
            t.tgparentid <> 0 AS inherited,
            coalesce((SELECT k.conname FROM pg_catalog.pg_constraint k WHERE k.oid = t.tgconstraint), '') AS constraint
        FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND c.relpersistence <> 't' AND {open_schema()}
            AND {not_member("pg_trigger", "t.oid")} AND {not_member("pg_class", "c.oid")}
    """

    def names(self, item: Trigger) -> list[Name]:
        found = super().names(item)
        return [*found, ("constraint", *item.identity)] if item.constraint else found

    def rename(self, old: Trigger, new: Trigger, context: Context) -> Operations:
        found = super().rename(old, new, context)
        if not old.constraint:
            return found
        # PostgreSQL leaves the constraint its name, which another constraint may want to have.
        names = f"{ident(old.constraint)} TO {ident(new.name)}"
        sql = f"ALTER TABLE {qualified(new.schema, new.table)} RENAME CONSTRAINT {names}"
        return [*found, op.RenameObject(self.name, new.identity, sql)]

    def given_by_parent(
        self, old: Trigger | None, new: Trigger, stages: Sequence[Trigger], *, fresh_table: bool
    ) -> Trigger:
        # A new one is as the parent's; switching the parent's switches the partitions' (PostgreSQL 15).
        switched = any(before.enabled != after.enabled for before, after in pairwise(stages))
        follows = old is None or len(stages) == 1 or switched or fresh_table
        return replace(new, enabled=stages[-1].enabled if follows or old is None else old.enabled)

    def inherits(self, old: Trigger | None, new: Trigger, context: Context) -> Operations:
        return self._enable(old.enabled, new) if old is not None else ()


KIND = TriggerKind()
