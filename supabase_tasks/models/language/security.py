"""Row level security and policies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from sqlalchemy.schema import Table

from supabase_tasks import wording
from supabase_tasks.did_you_mean import nearest
from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import ident, qualified
from supabase_tasks.models.language.base import PlacedItem, TableItem, expression_text, wrong
from supabase_tasks.models.language.roles import Roles, public_role, role_names, roles_sql
from supabase_tasks.models.language.words import Ahead, Phase, Word, register_word, relation_name

if TYPE_CHECKING:
    from sqlalchemy.sql import ClauseElement

Command = Literal["all", "select", "insert", "update", "delete"]
# A callable takes the Table (so that `lambda t: t.c.owner_id == …` can be written before the class exists).
Condition: TypeAlias = "str | bool | ClauseElement | Callable[[Table], Any]"


@dataclass(frozen=True, eq=False)
class Policy(PlacedItem):
    """CREATE POLICY.

    `using` filters existing rows, `check` those that are written; both take SQL text, a SQLAlchemy expression
    or a callable that gets the table. `restrictive=True` narrows what permissive policies allow. Stands in a table's
    definition, or by itself with `on=`. Raises `ModelsError` for a condition that the command does not have.
    """

    name: str
    command: Command = "all"
    to: Roles = public_role
    using: Condition | None = None
    check: Condition | None = None
    restrictive: bool = False

    def validate(self) -> None:
        if self.command not in get_args(Command):
            known = get_args(Command)
            raise wrong(
                self.origin,
                f"policy {self.name!r}: command must be {wording.alternatives(known)}, not {self.command!r}",
                f"write command={meant!r}" if (meant := nearest(str(self.command), known)) else None,
            )
        if self.command == "insert" and self.using is not None:
            raise wrong(self.origin, f"policy {self.name!r}: INSERT has no rows to filter", "use check= instead")
        if self.command in ("select", "delete") and self.check is not None:
            raise wrong(
                self.origin, f"policy {self.name!r}: {self.command.upper()} writes no rows", "use using= instead"
            )
        if self.using is None and self.check is None:
            raise wrong(
                self.origin, f"policy {self.name!r} has no condition", "give it using= or check= (True for every row)"
            )
        if not role_names(self.to):
            raise wrong(self.origin, f"policy {self.name!r} names no role", "write to=authenticated, for instance")

    @property
    def kind(self) -> str:
        return "policy"

    @property
    def identity(self) -> Identity:
        return (*self.table_identity, self.name)

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the roles that it is for."""
        return role_names(self.to)

    @property
    def on_clause(self) -> str:
        return f"policy {ident(self.name)} on {qualified(*self.table_identity)}"

    def statements(self) -> list[str]:
        lines = [
            f"create policy {ident(self.name)} on {qualified(*self.table_identity)}",
            *(["  as restrictive"] if self.restrictive else []),
            f"  for {self.command}",
            f"  to {roles_sql(self.roles)}",
            *self._condition("using", self.using),
            *self._condition("with check", self.check),
        ]
        return ["\n".join(lines)]

    def _condition(self, word: str, value: Condition | None) -> list[str]:
        if value is None:
            return []
        return [f"  {word} ({expression_text(value, self.known_table, self.origin)})"]


@dataclass(frozen=True, eq=False)
class RowLevelSecurity(TableItem):
    """ROW LEVEL SECURITY of a table.

    Tables of exposed schemas have it without saying so. `force=True` binds the table's owner too;
    `RowLevelSecurity.off()` leaves a table open, on purpose.
    """

    enable: bool = True
    force: bool = False

    @classmethod
    def off(cls) -> RowLevelSecurity:
        """No row level security: any role with a grant sees every row."""
        return cls(enable=False)

    @property
    def kind(self) -> str:
        return "row_level_security"

    @property
    def identity(self) -> Identity:
        return self.table_identity

    def statements(self) -> list[str]:
        name = qualified(*self.table_identity)
        enabled = [f"alter table {name} enable row level security"] if self.enable else []
        forced = [f"alter table {name} force row level security"] if self.force else []
        return enabled + forced


register_word(
    Word(
        "policy",
        Phase.POLICY,
        space="policy",
        sql={"create_policy_stmt": lambda s: (*relation_name(s.table), s.policy_name)},
        ahead=Ahead.RUN,
        drawn="with its table",
    )
)
register_word(Word("row_level_security", Phase.ROW_LEVEL_SECURITY, space="row_level_security", ahead=Ahead.RUN))
