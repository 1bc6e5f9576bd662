"""Rewrite rules of tables and views (the rule that makes a view a view is the view's)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.kinds.common.trigger_like import TriggerLike, TriggerLikeKind


@dataclass(frozen=True, kw_only=True)
class Rule(TriggerLike):
    """A rule; `definition` is pg_get_ruledef's text, `enabled` pg_rewrite.ev_enabled, `on` its relation's relkind."""

    kind: ClassVar[str] = "rule"


class RuleKind(TriggerLikeKind[Rule]):
    item = Rule
    rank = 190
    section = 46
    noun = "rule"
    mode = locks.mode("CREATE RULE")
    query = f"""
        SELECT 2618::int8, r.oid::int8, 0, n.nspname AS schema, c.relname AS table, r.rulename AS name,
            rtrim(pg_catalog.pg_get_ruledef(r.oid), ';') AS definition, r.ev_enabled::text AS enabled,
            c.relkind::text AS on
        FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.rulename <> '_RETURN' AND {user_schema()} AND {not_member("pg_rewrite", "r.oid")}
            AND {not_member("pg_class", "c.oid")}
    """


KIND = RuleKind()
