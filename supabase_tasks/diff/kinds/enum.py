"""Enum types: values added anywhere, renamed, removed and reordered, with the rows that hold them kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Enum(SchemaItem):
    """An enum type with its values in sort order."""

    kind: ClassVar[str] = "enum"
    values: tuple[str, ...]

    @property
    def type_names(self) -> tuple[str, ...]:
        return (qualified(*self.identity),)

    @property
    def label(self) -> str:
        return f"TYPE {qualified(*self.identity)}"


class EnumKind(Kind[Enum]):
    item = Enum
    named_in_code = True
    rank = 30
    slug_rank = 3
    namespaces = ("type",)
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    named_in_bodies = True
    section = 20
    noun = "enum"
    holds_rows = True
    sql_file = "types"
    found_in = "pg_type WHERE oid >= 16384 AND typtype = 'e'"
    query = f"""
        SELECT 1247::int8, t.oid::int8, 0, n.nspname AS schema, t.typname AS name,
            ARRAY(SELECT v.enumlabel::text FROM pg_catalog.pg_enum v WHERE v.enumtypid = t.oid
                ORDER BY v.enumsortorder) AS values
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        WHERE t.typtype = 'e' AND {user_schema()} AND {not_member("pg_type", "t.oid")}
    """

    def create(self, new: Enum, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new))]

    def drop(self, old: Enum, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP TYPE {qualified(*old.identity)}")]

    def swaps(self, old: Enum, new: Enum, context: Context) -> bool:
        return not grows(old.values, new.values)

    def alter(self, old: Enum, new: Enum, context: Context) -> Operations:
        return [op.AlterObject(self.name, new.identity, sql, own_file=True) for sql in additions(old.values, new)]

    def rename(self, old: Enum, new: Enum, context: Context) -> Operations:
        return op.rename_in_schema("TYPE", self.name, old.identity, new.identity)

    def similarity(self, old: Enum, new: Enum, context: Context) -> float:
        return SequenceMatcher(None, old.values, new.values).ratio()


def definition(enum: Enum) -> str:
    """CREATE TYPE, on one line while it is short."""
    values = [literal(value) for value in enum.values]
    head = f"CREATE TYPE {qualified(*enum.identity)} AS ENUM ("
    line = head + ", ".join(values) + ")"
    return line if len(line) <= 100 else head + "\n    " + ",\n    ".join(values) + "\n)"


def grows(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether every old value stays and keeps its order, so that ADD VALUE is enough."""
    kept = [value for value in new if value in set(old)]
    return kept == list(old)


def additions(old: Sequence[str], new: Enum) -> list[str]:
    """One ALTER TYPE … ADD VALUE for each new value, at its place."""
    present = set(old)
    statements: list[str] = []
    for index, value in enumerate(new.values):
        if value in present:
            continue
        present.add(value)
        after = index > 0
        later = [other for other in new.values[index + 1 :] if other in present]
        place = ""
        if later:
            place = f" AFTER {literal(new.values[index - 1])}" if after else f" BEFORE {literal(later[0])}"
        statements.append(f"ALTER TYPE {qualified(*new.identity)} ADD VALUE {literal(value)}{place}")
    return statements


def rename_value(old: tuple[str, ...], new: tuple[str, ...]) -> list[op.RenameObject]:
    """ALTER TYPE … RENAME VALUE for identities (schema, enum, value): rows keep their value under its new name."""
    sql = f"ALTER TYPE {qualified(*new[:2])} RENAME VALUE {literal(old[2])} TO {literal(new[2])}"
    hazard = incompatible(qualified(*new[:2]), f"code that writes {old[2]!r} breaks")
    return [op.RenameObject("enum", new, sql, hazards=[hazard])]


KIND = EnumKind()
