"""A kind of object that the diff does not have, as a contributor would add it: one module, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound


@dataclass(frozen=True, kw_only=True)
class Dictionary(SchemaItem):
    """A text search dictionary; `template` is the qualified name of its template, `options` what follows it."""

    kind: ClassVar[str] = "text_search_dictionary"
    template: str
    options: str | None

    @property
    def label(self) -> str:
        return f"TEXT SEARCH DICTIONARY {qualified(*self.identity)}"


class DictionaryKind(Kind[Dictionary]):
    item = Dictionary
    rank = 10_000
    section = 25
    noun = "text search dictionary"
    slug_rank = 10_000
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    query = f"""
        SELECT 3600::int8, d.oid::int8, 0, n.nspname AS schema, d.dictname AS name,
            format('%I.%I', tn.nspname, t.tmplname) AS template, d.dictinitoption AS options
        FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
            JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
        WHERE d.oid >= 16384 AND {user_schema()} AND {not_member("pg_ts_dict", "d.oid")}
    """

    def needs(self, item: Dictionary) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: Dictionary, context: Context) -> Operations:
        options = ", ".join(filter(None, (f"TEMPLATE = {new.template}", new.options)))
        return [op.CreateObject(self.name, new.identity, f"CREATE {new.label} ({options})")]

    def drop(self, old: Dictionary, context: Context) -> Operations:
        hazards = [incompatible(qualified(*old.identity), f"code that searches with {old.name} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}", hazards=hazards)]

    def replaces(self, old: Dictionary, new: Dictionary, context: Context) -> bool:
        return True

    def rename(self, old: Dictionary, new: Dictionary, context: Context) -> Operations:
        return [op.RenameObject(self.name, new.identity, f"ALTER {old.label} RENAME TO {ident(new.name)}")]

    def similarity(self, old: Dictionary, new: Dictionary, context: Context) -> float:
        return float(old.template == new.template)


KIND = DictionaryKind()
