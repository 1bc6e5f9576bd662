"""Text search parsers. Only superusers make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Operations
from supabase_tasks.diff.kinds.common.text_search_code import TextSearchCodeKind, function

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class TextSearchParser(SchemaItem):
    """A parser; `functions` are what CREATE takes, `START = …` and so on."""

    kind: ClassVar[str] = "text_search_parser"
    functions: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"TEXT SEARCH PARSER {qualified(*self.identity)}"


class TextSearchParserKind(TextSearchCodeKind[TextSearchParser]):
    item = TextSearchParser
    rank = 62
    noun = "text search parser"
    found_in = "pg_ts_parser WHERE oid >= 16384"
    query = f"""
        SELECT 3601::int8, p.oid::int8, 0, n.nspname AS schema, p.prsname AS name,
            array_remove(ARRAY[{function("START", "p.prsstart")}, {function("GETTOKEN", "p.prstoken")},
                {function("END", "p.prsend")}, {function("HEADLINE", "p.prsheadline")},
                {function("LEXTYPES", "p.prslextype")}], NULL) AS functions
        FROM pg_catalog.pg_ts_parser p JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
        WHERE p.oid >= 16384 AND {user_schema()} AND {not_member("pg_ts_parser", "p.oid")}
    """

    def create(self, new: TextSearchParser, context: Context) -> Operations:
        return self.create_with(new, new.functions)


KIND = TextSearchParserKind()
