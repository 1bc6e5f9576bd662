"""What triggers and rules share: each hangs on a table or view, has a definition, and can be switched off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from supabase_tasks.diff.catalog.item import Key, TableItem
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock, not_owned
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context

# The kind of relation by pg_class.relkind, where it is no table.
_PARENTS = {"v": "view", "f": "foreign_table"}
# The letters of pg_trigger.tgenabled, pg_rewrite.ev_enabled and pg_event_trigger.evtenabled.
STATES = {"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


@dataclass(frozen=True, kw_only=True)
class TriggerLike(TableItem):
    """`definition` is PostgreSQL's own text, `enabled` one of `STATES`, `on` the relation's relkind."""

    definition: str
    enabled: str
    on: str

    @property
    def parent(self) -> Key:
        return (_PARENTS.get(self.on, "table"), (self.schema, self.table))

    @property
    def label(self) -> str:
        return f"{self.named} ON {qualified(self.schema, self.table)}"

    @property
    def named(self) -> str:
        """Its word in SQL and its name: `TRIGGER touched`."""
        return f"{self.kind.upper()} {ident(self.name)}"


TriggerLikeT = TypeVar("TriggerLikeT", bound=TriggerLike)


class TriggerLikeKind(Kind[TriggerLikeT]):
    """A kind whose word in SQL is its name. `mode` is the lock that creating and switching one takes."""

    mode: ClassVar[str]
    rename_rounds = (RenameRound.ON_TABLES,)
    cycle_breaker = 1

    def create(self, new: TriggerLikeT, context: Context) -> Operations:
        hazard = lock(qualified(new.schema, new.table), self.mode)
        sql = context.author_sql(new) or new.definition
        return [op.CreateObject(self.name, new.identity, sql, hazards=[hazard]), *self._enable("O", new)]

    def _enable(self, before: str, new: TriggerLikeT) -> list[MigrateOperation]:
        if before == new.enabled:
            return []
        relation = qualified(new.schema, new.table)
        text = f"{STATES[new.enabled]} {new.named}"
        hazards = [lock(relation, self.mode), *not_owned(new.schema, relation)]
        return [op.TableClause(self.name, new.identity, relation, text, hazards=hazards)]

    def drop(self, old: TriggerLikeT, context: Context) -> Operations:
        hazard = lock(qualified(old.schema, old.table), "ACCESS EXCLUSIVE")
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}", hazards=[hazard])]

    def replaces(self, old: TriggerLikeT, new: TriggerLikeT, context: Context) -> bool:
        return old.definition != new.definition

    def alter(self, old: TriggerLikeT, new: TriggerLikeT, context: Context) -> Operations:
        return self._enable(old.enabled, new)

    def rename(self, old: TriggerLikeT, new: TriggerLikeT, context: Context) -> Operations:
        return op.rename_on_table(self.name.upper(), self.name, old.identity, new.identity)

    def similarity(self, old: TriggerLikeT, new: TriggerLikeT, context: Context) -> float:
        text = old.definition.replace(f"{old.named} ", f"{new.named} ", 1)
        return float(replace(old, name=new.name, definition=text) == new)
