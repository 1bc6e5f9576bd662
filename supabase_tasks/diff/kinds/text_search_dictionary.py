"""Text search dictionaries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

# PostgreSQL writes them itself (serialize_deflist): name = 'value', with E'' where there is a backslash.
_OPTION = re.compile(r"""("(?:[^"]|"")*"|\w+) = (E?'(?:[^']|'')*')""")


@dataclass(frozen=True, kw_only=True)
class TextSearchDictionary(SchemaItem):
    """A dictionary; `template` is its template's SQL name, `options` pg_ts_dict.dictinitoption."""

    kind: ClassVar[str] = "text_search_dictionary"
    template: str
    options: str

    @property
    def label(self) -> str:
        return f"TEXT SEARCH DICTIONARY {qualified(*self.identity)}"

    @property
    def pairs(self) -> dict[str, str]:
        """The options' names and values, as SQL."""
        return dict(_OPTION.findall(self.options))


class TextSearchDictionaryKind(Kind[TextSearchDictionary]):
    item = TextSearchDictionary
    rank = 65
    section = 25
    noun = "text search dictionary"
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    found_in = "pg_ts_dict WHERE oid >= 16384"
    query = f"""
        SELECT 3600::int8, d.oid::int8, 0, n.nspname AS schema, d.dictname AS name,
            format('%I.%I', tn.nspname, t.tmplname) AS template, coalesce(d.dictinitoption, '') AS options
        FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
            JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
        WHERE d.oid >= 16384 AND {user_schema()} AND {not_member("pg_ts_dict", "d.oid")}
    """

    def needs(self, item: TextSearchDictionary) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: TextSearchDictionary, context: Context) -> Operations:
        words = ", ".join(filter(None, (f"TEMPLATE = {new.template}", new.options)))
        return [op.CreateObject(self.name, new.identity, f"CREATE {new.label} ({words})")]

    def drop(self, old: TextSearchDictionary, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}")]

    def replaces(self, old: TextSearchDictionary, new: TextSearchDictionary, context: Context) -> bool:
        return old.template != new.template

    def alter(self, old: TextSearchDictionary, new: TextSearchDictionary, context: Context) -> Operations:
        before, after = old.pairs, new.pairs
        words = [f"{name} = {value}" for name, value in after.items() if before.get(name) != value]
        words += [name for name in before if name not in after]
        message = f"what was indexed with {new.label} stays as it is until it is indexed anew"
        sql = f"ALTER {new.label} ({', '.join(words)})"
        return [op.AlterObject(self.name, new.identity, sql, hazards=[incompatible(new.label, message)])]

    def rename(self, old: TextSearchDictionary, new: TextSearchDictionary, context: Context) -> Operations:
        return op.rename_in_schema("TEXT SEARCH DICTIONARY", self.name, old.identity, new.identity)


KIND = TextSearchDictionaryKind()
