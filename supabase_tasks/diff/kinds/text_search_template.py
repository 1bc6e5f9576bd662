"""Text search templates. Only superusers make them."""

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
class TextSearchTemplate(SchemaItem):
    """A template; `functions` are what CREATE takes, `LEXIZE = …` and so on."""

    kind: ClassVar[str] = "text_search_template"
    functions: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"TEXT SEARCH TEMPLATE {qualified(*self.identity)}"


class TextSearchTemplateKind(TextSearchCodeKind[TextSearchTemplate]):
    item = TextSearchTemplate
    rank = 63
    noun = "text search template"
    found_in = "pg_ts_template WHERE oid >= 16384"
    query = f"""
        SELECT 3764::int8, t.oid::int8, 0, n.nspname AS schema, t.tmplname AS name,
            array_remove(ARRAY[{function("INIT", "t.tmplinit")}, {function("LEXIZE", "t.tmpllexize")}], NULL) AS functions
        FROM pg_catalog.pg_ts_template t JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
        WHERE t.oid >= 16384 AND {user_schema()} AND {not_member("pg_ts_template", "t.oid")}
    """

    def create(self, new: TextSearchTemplate, context: Context) -> Operations:
        return self.create_with(new, new.functions)


KIND = TextSearchTemplateKind()
