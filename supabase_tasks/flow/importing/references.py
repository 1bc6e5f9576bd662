"""A foreign key as a Field says it, or as an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supabase_tasks.flow.importing.source import Call, Source, call, keyword, string, strings

# PostgreSQL cuts longer names.
_LONGEST = 63
UNVALIDATED = "postgresql_not_valid"


@dataclass(frozen=True, slots=True)
class Reference:
    """`columns` refer to `targets`; `name` is empty where it is the one that PostgreSQL gives."""

    columns: tuple[str, ...]
    targets: tuple[str, ...]
    name: str = ""
    onupdate: str = ""
    ondelete: str = ""
    deferrable: bool = False
    deferred: bool = False
    match: str = ""
    unvalidated: bool = False

    @property
    def simple(self) -> bool:
        """Whether `Field(foreign_key=…, ondelete=…)` says all of it."""
        beyond = self.name or self.onupdate or self.deferrable or self.deferred or self.match or self.unvalidated
        return not beyond and len(self.columns) == 1 and self.ondelete in ("", "CASCADE", "SET NULL", "RESTRICT")

    def fields(self) -> list[Source]:
        """The options of Field."""
        found: list[Source] = [f"foreign_key={string(self.targets[0])}"]
        return found + ([f"ondelete={string(self.ondelete)}"] if self.ondelete else [])

    def item(self, *, constraint: bool = False) -> Source:
        """`sa.ForeignKey(…)` of a column; `sa.ForeignKeyConstraint(…)` of a table, with `constraint`."""
        options = [
            *([f"name={string(self.name)}"] if self.name else []),
            *([f"onupdate={string(self.onupdate)}"] if self.onupdate else []),
            *([f"ondelete={string(self.ondelete)}"] if self.ondelete else []),
            *(["deferrable=True"] if self.deferrable else []),
            *([keyword("initially", string("DEFERRED"))] if self.deferred else []),
            *([f"match={string(self.match)}"] if self.match else []),
            *([f"{UNVALIDATED}=True"] if self.unvalidated else []),
        ]
        if not constraint:
            return call("sa.ForeignKey", string(self.targets[0]), *options)
        return Call("sa.ForeignKeyConstraint", (strings(self.columns), strings(self.targets), *options))


def given_name(table: str, columns: Sequence[str], ending: str) -> str:
    """The name that PostgreSQL gives a constraint of these columns; empty where it would cut it."""
    return whole_name("_".join((table, *columns, ending)))


def whole_name(name: str) -> str:
    """The name; empty where PostgreSQL would cut it."""
    return name if len(name.encode()) <= _LONGEST else ""
