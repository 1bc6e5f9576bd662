"""What is made of C functions in text search: parsers and templates, which change by a drop and a create."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

TextSearchCodeT = TypeVar("TextSearchCodeT", bound=SchemaItem)


def function(word: str, column: str) -> str:
    """SQL for `WORD = function`; NULL where there is none."""
    return f"CASE WHEN {column} <> 0 THEN '{word} = ' || {column}::oid::regproc END"


class TextSearchCodeKind(Kind[TextSearchCodeT]):
    """A kind whose object is a list of functions."""

    section = 24
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)

    def needs(self, item: TextSearchCodeT) -> list[Key]:
        return [("schema", (item.schema,))]

    def create_with(self, new: TextSearchCodeT, functions: Sequence[str]) -> Operations:
        """CREATE with its functions."""
        return [op.CreateObject(self.name, new.identity, f"CREATE {new.label} ({', '.join(functions)})")]

    def drop(self, old: TextSearchCodeT, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}")]

    def replaces(self, old: TextSearchCodeT, new: TextSearchCodeT, context: Context) -> bool:
        return True

    def rename(self, old: TextSearchCodeT, new: TextSearchCodeT, context: Context) -> Operations:
        return op.rename_in_schema(self.name.upper().replace("_", " "), self.name, old.identity, new.identity)
