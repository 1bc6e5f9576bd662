"""What a column is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from supabase_tasks.diff.catalog.deparse import flatten
from supabase_tasks.diff.catalog.item import Key, TableItem
from supabase_tasks.diff.ddl.names import qualified


@dataclass(frozen=True, kw_only=True)
class Column(TableItem):
    """A column. Its position is not compared: one that was added later is the last one wherever the model has it.

    `default` is the deparsed expression, `generated` that of a stored generated column, `identity_mode` `a` (ALWAYS),
    `d` (BY DEFAULT) or empty, `sequence` the options of its sequence (whose SQL
    name is `sequence_name`). `storage`, `compression`, `statistics`, `options`
    are empty when they are what the type gives (`usual_storage`: PostgreSQL 15 takes no SET STORAGE DEFAULT).
    """

    kind: ClassVar[str] = "column"
    position: int = field(compare=False)
    type: str
    collation: str
    not_null: bool
    default: str | None
    generated: str | None
    identity_mode: str
    sequence: str
    sequence_name: str = field(default="", compare=False)
    storage: str
    usual_storage: str = field(default="DEFAULT", compare=False)
    compression: str
    statistics: int | None
    options: tuple[str, ...]
    # Whether its table is made of a composite type, which gives the column its name and type.
    typed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("default", "generated"):
            text = getattr(self, name)
            if text is not None:
                object.__setattr__(self, name, flatten(text))

    @property
    def parent(self) -> Key:
        return ("table", (self.schema, self.table))

    @property
    def held_types(self) -> tuple[str, ...]:
        return (self.type,)

    @property
    def label(self) -> str:
        return f"COLUMN {qualified(*self.identity)}"
