"""What triggers and rules share: each hangs on a table or view, has a definition, and can be switched off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from supabase_tasks.diff import operations as op
from supabase_tasks.diff.hazards import lock
from supabase_tasks.diff.kind import Key, Kind, Operations, TableItem
from supabase_tasks.diff.names import ident, qualified

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.context import Context

# The letters of pg_trigger.tgenabled, pg_rewrite.ev_enabled and pg_event_trigger.evtenabled.
STATES = {"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


@dataclass(frozen=True, kw_only=True)
class Firing(TableItem):
    """`definition` is PostgreSQL's own text, `enabled` one of `STATES`, `on` the relation's relkind."""

    definition: str
    enabled: str
    on: str


FiringT = TypeVar("FiringT", bound=Firing)


class FiringKind(Kind[FiringT]):
    """A kind whose word in SQL is its name. `mode` is the lock that creating and switching one takes."""

    mode: ClassVar[str]
    renames = True

    def parent(self, item: FiringT) -> Key:
        return ("view" if item.on == "v" else "table", (item.schema, item.table))

    def label(self, item: FiringT) -> str:
        return f"{self._named(item)} ON {qualified(item.schema, item.table)}"

    def _named(self, item: FiringT) -> str:
        return f"{self.name.upper()} {ident(item.name)}"

    def create(self, new: FiringT, context: Context) -> Operations:
        hazard = lock(qualified(new.schema, new.table), self.mode)
        sql = context.author_sql(new) or new.definition
        return [op.CreateObject(self.name, new.identity, sql, hazards=[hazard]), *self._enabled("O", new)]

    def _enabled(self, before: str, new: FiringT) -> list[MigrateOperation]:
        if before == new.enabled:
            return []
        relation = qualified(new.schema, new.table)
        text = f"{STATES[new.enabled]} {self._named(new)}"
        return [op.TableClause(self.name, new.identity, relation, text, hazards=[lock(relation, self.mode)])]

    def drop(self, old: FiringT, context: Context) -> Operations:
        hazard = lock(qualified(old.schema, old.table), "ACCESS EXCLUSIVE")
        return [op.DropObject(self.name, old.identity, f"DROP {self.label(old)}", hazards=[hazard])]

    def replaces(self, old: FiringT, new: FiringT, context: Context) -> bool:
        return old.definition != new.definition

    def alter(self, old: FiringT, new: FiringT, context: Context) -> Operations:
        return self._enabled(old.enabled, new)

    def rename(self, old: FiringT, new: FiringT, context: Context) -> Operations:
        return op.rename_on_table(self.name.upper(), self.name, old.identity, new.identity)

    def likeness(self, old: FiringT, new: FiringT, context: Context) -> float:
        text = old.definition.replace(f"{self._named(old)} ", f"{self._named(new)} ", 1)
        return float(replace(old, name=new.name, definition=text) == new)
