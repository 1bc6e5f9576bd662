"""Rewrite rules of tables and views (the rule that makes a view a view is the view's)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import flatten
from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Operations
from supabase_tasks.diff.kinds.common.trigger_like import TriggerLike, TriggerLikeKind

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_CREATE = re.compile(r"\A\s*create\s+(?:or\s+replace\s+)?rule\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Rule(TriggerLike):
    """A rule; `definition` is pg_get_ruledef's text, `enabled` pg_rewrite.ev_enabled, `on` its relation's relkind."""

    kind: ClassVar[str] = "rule"
    query_fields: ClassVar[tuple[str, ...]] = ("definition",)

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", flatten(self.definition))


class RuleKind(TriggerLikeKind[Rule]):
    item = Rule
    rank = 190
    section = 46
    noun = "rule"
    mode = locks.mode("CREATE RULE")
    found_in = "pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN'"
    query = f"""
        SELECT 2618::int8, r.oid::int8, 0, n.nspname AS schema, c.relname AS table, r.rulename AS name,
            rtrim(pg_catalog.pg_get_ruledef(r.oid), ';') AS definition, r.ev_enabled::text AS enabled,
            c.relkind::text AS on
        FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.rulename <> '_RETURN' AND {user_schema()} AND {not_member("pg_rewrite", "r.oid")}
            AND {not_member("pg_class", "c.oid")}
    """

    def replaces(self, old: Rule, new: Rule, context: Context) -> bool:
        return False

    def releases(self, old: Rule, new: Rule, gone: Item) -> bool:
        return old.definition != new.definition

    def alter(self, old: Rule, new: Rule, context: Context) -> Operations:
        found = self._enable(old.enabled, new)
        if old.definition != new.definition:
            hazard = lock(qualified(new.schema, new.table), self.mode)
            sql = _CREATE.sub("CREATE OR REPLACE RULE", context.author_sql(new) or new.definition, count=1)
            return [op.AlterObject(self.name, new.identity, sql, hazards=[hazard]), *found]
        return found


KIND = RuleKind()
