"""The switch: row level security on, and forced for the owner too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Identity, Item, Key
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import access_hazards as access
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class RowLevelSecurity(Item):
    """Only tables with at least one of the two have one."""

    kind: ClassVar[str] = "row_level_security"
    is_attribute: ClassVar[bool] = True
    schema: str
    table: str
    enabled: bool
    forced: bool

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.table)

    @property
    def parent(self) -> Key:
        return ("table", (self.schema, self.table))


class RowLevelSecurityKind(Kind[RowLevelSecurity]):
    item = RowLevelSecurity
    rank = 200
    slug_rank = 13
    section = 46
    noun = "row level security"
    part_of_table = True
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS table, c.relrowsecurity AS enabled,
            c.relforcerowsecurity AS forced
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND (c.relrowsecurity OR c.relforcerowsecurity) AND {user_schema()}
            AND {not_member("pg_class", "c.oid")}
    """

    def slug_words(self, action: str, verb: str, identity: Identity) -> list[str]:
        return [{"create": "enable", "drop": "disable"}.get(action, "change"), "rls", *identity[1:]]

    def create(self, new: RowLevelSecurity, context: Context) -> Operations:
        return self._clauses(new, (False, False), (new.enabled, new.forced))

    def drop(self, old: RowLevelSecurity, context: Context) -> Operations:
        return self._clauses(old, (old.enabled, old.forced), (False, False))

    def alter(self, old: RowLevelSecurity, new: RowLevelSecurity, context: Context) -> Operations:
        return self._clauses(new, (old.enabled, old.forced), (new.enabled, new.forced))

    def _clauses(self, item: RowLevelSecurity, old: tuple[bool, bool], new: tuple[bool, bool]) -> Operations:
        relation = qualified(*item.identity)
        held = lock(relation, "ACCESS EXCLUSIVE")
        found = []
        if old[0] != new[0]:
            changed = access.rows_closed(relation) if new[0] else access.rows_opened(relation)
            text = "ENABLE ROW LEVEL SECURITY" if new[0] else "DISABLE ROW LEVEL SECURITY"
            found.append(op.TableClause(self.name, item.identity, relation, text, hazards=[held, changed]))
        if old[1] != new[1]:
            text = "FORCE ROW LEVEL SECURITY" if new[1] else "NO FORCE ROW LEVEL SECURITY"
            hazards = [held] if new[1] else [held, access.owner_bypasses(relation)]
            found.append(op.TableClause(self.name, item.identity, relation, text, hazards=hazards))
        return found


KIND = RowLevelSecurityKind()
