"""One of the things that hang on a world: where it stands, and what its SQL is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.generator.world import World

TURNS = 6


@dataclass(frozen=True)
class Extra:
    """`turn` says which of its forms it has; `column` is one of `table`, `other` another table of the world."""

    kind: str
    table: str
    column: str
    type: str
    other: str
    turn: int


@dataclass(frozen=True)
class Place:
    """An extra in its world, with what its SQL is made of."""

    world: World
    name: str
    extra: Extra

    @property
    def table(self) -> str:
        return f"public.{self.extra.table}"

    @property
    def column(self) -> str:
        return self.extra.column

    @property
    def column_type(self) -> str:
        return "integer" if self.column == "id" else self.world.tables[self.extra.table].columns[self.column].shown

    @property
    def is_partitioned(self) -> bool:
        return bool(self.world.tables[self.extra.table].partitions)

    @property
    def logged(self) -> str:
        """The word that makes a table as permanent as the extra's."""
        return "UNLOGGED " if self.world.tables[self.extra.table].is_unlogged else ""

    def pick(self, *texts: str) -> str:
        return texts[self.extra.turn % len(texts)]


Statements = list[str]
