"""Rewrite rules of tables and views (the rule that makes a view a view is the view's)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff import operations as op
from supabase_tasks.diff.hazards import lock
from supabase_tasks.diff.kind import Key, Kind, Operations, TableItem
from supabase_tasks.diff.names import ident, qualified
from supabase_tasks.diff.scope import not_member, user_schema

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.context import Context

_STATES = {"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


@dataclass(frozen=True, kw_only=True)
class Rule(TableItem):
    """A rule; `definition` is pg_get_ruledef's text, `enabled` pg_rewrite.ev_enabled, `on` its relation's relkind."""

    kind: ClassVar[str] = "rule"
    definition: str
    enabled: str
    on: str


class RuleKind(Kind[Rule]):
    item = Rule
    section = 46
    noun = "rule"
    renames = True
    query = f"""
        SELECT 2618::int8, r.oid::int8, 0, n.nspname AS schema, c.relname AS table, r.rulename AS name,
            rtrim(pg_catalog.pg_get_ruledef(r.oid), ';') AS definition, r.ev_enabled::text AS enabled,
            c.relkind::text AS on
        FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.rulename <> '_RETURN' AND {user_schema()} AND {not_member("pg_rewrite", "r.oid")}
            AND {not_member("pg_class", "c.oid")}
    """

    def parent(self, item: Rule) -> Key:
        return ("view" if item.on == "v" else "table", (item.schema, item.table))

    def label(self, item: Rule) -> str:
        return f"RULE {ident(item.name)} ON {qualified(item.schema, item.table)}"

    def create(self, new: Rule, context: Context) -> Operations:
        hazard = lock(qualified(new.schema, new.table), "ACCESS EXCLUSIVE")
        sql = context.author_sql(new) or new.definition
        return [op.CreateObject(self.name, new.identity, sql, hazards=[hazard]), *self._enabled("O", new)]

    def _enabled(self, before: str, new: Rule) -> list[MigrateOperation]:
        if before == new.enabled:
            return []
        relation = qualified(new.schema, new.table)
        text = f"{_STATES[new.enabled]} RULE {ident(new.name)}"
        return [op.TableClause(self.name, new.identity, relation, text, hazards=[lock(relation, "ACCESS EXCLUSIVE")])]

    def drop(self, old: Rule, context: Context) -> Operations:
        hazard = lock(qualified(old.schema, old.table), "ACCESS EXCLUSIVE")
        return [op.DropObject(self.name, old.identity, f"DROP {self.label(old)}", hazards=[hazard])]

    def replaces(self, old: Rule, new: Rule, context: Context) -> bool:
        return old.definition != new.definition

    def alter(self, old: Rule, new: Rule, context: Context) -> Operations:
        return self._enabled(old.enabled, new)

    def rename(self, old: Rule, new: Rule, context: Context) -> Operations:
        return op.rename_on_table("RULE", self.name, old.identity, new.identity)

    def likeness(self, old: Rule, new: Rule, context: Context) -> float:
        text = old.definition.replace(f"RULE {ident(old.name)} ", f"RULE {ident(new.name)} ", 1)
        return float(replace(old, name=new.name, definition=text) == new)


KIND = RuleKind()
