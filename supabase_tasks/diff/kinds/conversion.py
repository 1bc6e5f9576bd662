"""Conversions between character encodings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class EncodingConversion(SchemaItem):
    """A conversion by `function` between two encodings, perhaps the default one."""

    kind: ClassVar[str] = "conversion"
    source: str
    target: str
    function: str
    default: bool

    @property
    def label(self) -> str:
        return f"CONVERSION {qualified(*self.identity)}"


class ConversionKind(Kind[EncodingConversion]):
    item = EncodingConversion
    rank = 174
    section = 37
    noun = "conversion"
    rename_rounds = (RenameRound.VIEWS_AND_ROUTINES,)
    found_in = "pg_conversion WHERE oid >= 16384"
    query = f"""
        SELECT 2607::int8, c.oid::int8, 0, n.nspname AS schema, c.conname AS name,
            pg_catalog.pg_encoding_to_char(c.conforencoding)::text AS source,
            pg_catalog.pg_encoding_to_char(c.contoencoding)::text AS target,
            c.conproc::oid::regproc::text AS function, c.condefault AS default
        FROM pg_catalog.pg_conversion c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
        WHERE c.oid >= 16384 AND {user_schema()} AND {not_member("pg_conversion", "c.oid")}
    """

    def needs(self, item: EncodingConversion) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: EncodingConversion, context: Context) -> Operations:
        word = "DEFAULT CONVERSION" if new.default else "CONVERSION"
        sql = (
            f"CREATE {word} {qualified(*new.identity)}"
            f" FOR {literal(new.source)} TO {literal(new.target)} FROM {new.function}"
        )
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: EncodingConversion, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}")]

    def replaces(self, old: EncodingConversion, new: EncodingConversion, context: Context) -> bool:
        return True

    def rename(self, old: EncodingConversion, new: EncodingConversion, context: Context) -> Operations:
        return op.rename_in_schema("CONVERSION", self.name, old.identity, new.identity)


KIND = ConversionKind()
