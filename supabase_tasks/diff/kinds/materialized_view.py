"""Materialized views: query, storage parameters, settings of columns. Their indexes are rebuilt with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.item import Item, Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, incompatible, lock
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common import column_settings
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.storage import parameter_changes, parameters
from supabase_tasks.diff.kinds.view import COLUMNS, exact

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class MaterializedView(SchemaItem):
    """A materialized view. Whether it is filled is data rather than schema and not compared. `columns` alternates names and
    types, `settings` are its columns' (`column_settings`)."""

    kind: ClassVar[str] = "materialized_view"
    is_relation: ClassVar[bool] = True
    query_fields: ClassVar[tuple[str, ...]] = ("definition",)
    definition: str
    options: tuple[str, ...]
    access_method: str | None
    settings: tuple[str, ...]
    columns: tuple[str, ...] = field(compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", canonical(self.definition.strip().rstrip(";")))
        object.__setattr__(self, "options", tuple(sorted(self.options)))

    @property
    def type_names(self) -> tuple[str, ...]:
        return (qualified(*self.identity),)

    def parts(self, children: Sequence[Item]) -> Mapping[str, str]:
        return dict(zip(self.columns[::2], self.columns[1::2], strict=True))

    @property
    def label(self) -> str:
        return f"MATERIALIZED VIEW {qualified(*self.identity)}"

    @property
    def grant_label(self) -> str:
        return f"TABLE {qualified(*self.identity)}"


class MaterializedViewKind(Kind[MaterializedView]):
    item = MaterializedView
    named_in_code = True
    rank = 230
    slug_rank = 8
    namespaces = ("relation", "type")
    rename_rounds = (RenameRound.VIEWS_AND_ROUTINES,)
    named_in_bodies = True
    section = 61
    noun = "materialized view"
    sql_file = "views"
    found_in = "pg_class WHERE relkind = 'm'"
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS name,
            pg_catalog.pg_get_viewdef(c.oid, true) AS definition,
            coalesce(c.reloptions, '{{}}') || ARRAY(SELECT 'toast.' || o FROM unnest(t.reloptions) o) AS options,
            nullif(am.amname, 'heap') AS access_method, {column_settings.QUERY} AS settings,
            {COLUMNS} AS columns
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
        WHERE c.relkind = 'm' AND {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def needs(self, item: MaterializedView) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: MaterializedView, context: Context) -> Operations:
        sql = exact(context.author_sql(new)) or definition(new)
        settings = [self._alter(new, text) for text in column_settings.clauses((), new.settings)]
        return [op.CreateObject(self.name, new.identity, sql), *settings]

    def drop(self, old: MaterializedView, context: Context) -> Operations:
        name = qualified(*old.identity)
        hazards = [] if old.key in context.desired.items else [incompatible(name, f"code that reads {name} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP MATERIALIZED VIEW {name}", hazards=hazards)]

    def replaces(self, old: MaterializedView, new: MaterializedView, context: Context) -> bool:
        return old.definition != new.definition

    def alter(self, old: MaterializedView, new: MaterializedView, context: Context) -> Operations:
        texts = parameter_changes(old.options, new.options)
        if old.access_method != new.access_method:
            texts.append(f"SET ACCESS METHOD {ident(new.access_method or 'heap')}")
        texts += column_settings.clauses(old.settings, new.settings)
        return [self._alter(new, text, lock(qualified(*new.identity), "ACCESS EXCLUSIVE")) for text in texts]

    def _alter(self, view: MaterializedView, text: str, *hazards: Hazard) -> op.AlterObject:
        return op.AlterObject(self.name, view.identity, f"ALTER {view.label} {text}", hazards=list(hazards))

    def rename(self, old: MaterializedView, new: MaterializedView, context: Context) -> Operations:
        return op.rename_in_schema("MATERIALIZED VIEW", self.name, old.identity, new.identity)


def definition(view: MaterializedView) -> str:
    """CREATE MATERIALIZED VIEW from PostgreSQL's own text."""
    method = f" USING {ident(view.access_method)}" if view.access_method else ""
    inner = f" WITH ({', '.join(parameters(view.options))})" if view.options else ""
    return f"CREATE MATERIALIZED VIEW {qualified(*view.identity)}{method}{inner} AS\n{view.definition}"


KIND = MaterializedViewKind()
