"""Views: query, options (security_invoker, security_barrier, check_option), columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.item import Item, Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import access_hazards as access
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, incompatible, lock
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.storage import parameter_changes, parameters

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context

# `SELECT *` means other columns on a table whose columns were added in another order.
_STAR = re.compile(r"(?:\bselect\s+(?:distinct\s+)?|[\w\"]\.|,\s*)\*\s*(?:,|\bfrom\b|\Z)", re.IGNORECASE)

# The names and types of the columns of a relation `c`, in turn.
COLUMNS = """ARRAY(SELECT x FROM pg_catalog.pg_attribute a,
        unnest(ARRAY[a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)]) WITH ORDINALITY AS u(x, o)
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum, o)"""


@dataclass(frozen=True, kw_only=True)
class View(SchemaItem):
    """A view; `columns` alternates names and types, `defaults` alternates column names and default expressions."""

    kind: ClassVar[str] = "view"
    is_relation: ClassVar[bool] = True
    query_fields: ClassVar[tuple[str, ...]] = ("definition",)
    definition: str
    columns: tuple[str, ...] = field(compare=False)
    defaults: tuple[str, ...]
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", canonical(self.definition.strip().rstrip(";")))
        object.__setattr__(self, "options", tuple(sorted(self.options)))

    @property
    def column_pairs(self) -> list[tuple[str, str]]:
        return list(zip(self.columns[::2], self.columns[1::2], strict=True))

    @property
    def type_names(self) -> tuple[str, ...]:
        return (qualified(*self.identity),)

    def parts(self, children: Sequence[Item]) -> Mapping[str, str]:
        return dict(self.column_pairs)

    @property
    def label(self) -> str:
        return f"VIEW {qualified(*self.identity)}"

    @property
    def grant_label(self) -> str:
        return f"TABLE {qualified(*self.identity)}"


class ViewKind(Kind[View]):
    item = View
    named_in_code = True
    rank = 220
    slug_rank = 7
    slug_lists = True
    namespaces = ("relation", "type")
    rename_rounds = (RenameRound.VIEWS_AND_ROUTINES,)
    named_in_bodies = True
    section = 60
    noun = "view"
    sql_file = "views"
    found_in = "pg_class WHERE oid >= 16384 AND relkind = 'v'"
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS name,
            pg_catalog.pg_get_viewdef(c.oid, true) AS definition,
            {COLUMNS} AS columns,
            ARRAY(SELECT x FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a
                    ON a.attrelid = d.adrelid AND a.attnum = d.adnum,
                    unnest(ARRAY[a.attname::text, pg_catalog.pg_get_expr(d.adbin, d.adrelid)]) WITH ORDINALITY AS u(x, o)
                WHERE d.adrelid = c.oid ORDER BY a.attnum, o) AS defaults,
            coalesce(c.reloptions, '{{}}') AS options
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'v' AND {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def needs(self, item: View) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: View, context: Context) -> Operations:
        sql = exact(context.author_sql(new)) or definition(new)
        before = context.current.items.get(new.key)
        hazards = _widening(before, new) if isinstance(before, View) else []
        return [
            op.CreateObject(self.name, new.identity, sql, hazards=hazards),
            *self._defaults(replace(new, defaults=()), new),
        ]

    def drop(self, old: View, context: Context) -> Operations:
        hazards: list[Hazard] = []
        if old.key not in context.desired.items:
            hazards = [incompatible(qualified(*old.identity), f"code that reads {qualified(*old.identity)} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP VIEW {qualified(*old.identity)}", hazards=hazards)]

    def replaces(self, old: View, new: View, context: Context) -> bool:
        # CREATE OR REPLACE VIEW may only add columns at the end.
        before, after = old.column_pairs, new.column_pairs
        return after[: len(before)] != before

    def releases(self, old: View, new: View, gone: Item) -> bool:
        return old.definition != new.definition and not old.defaults

    def alter(self, old: View, new: View, context: Context) -> Operations:
        name = qualified(*new.identity)
        found: list[MigrateOperation] = []
        if old.definition != new.definition:
            sql = exact(context.author_sql(new)) or definition(new)
            sql = re.sub(r"^\s*create\s+view", "CREATE OR REPLACE VIEW", sql, count=1, flags=re.IGNORECASE)
            hazards = [lock(name, locks.mode("CREATE OR REPLACE VIEW")), *_widening(old, new)]
            found.append(op.AlterObject(self.name, new.identity, sql, hazards=hazards))
        else:
            hazards = [lock(name, locks.mode("ALTER VIEW")), *_widening(old, new)]
            for text in parameter_changes(old.options, new.options):
                found.append(op.AlterObject(self.name, new.identity, f"ALTER VIEW {name} {text}", hazards=hazards))
        return [*found, *self._defaults(old, new)]

    def _defaults(self, old: View, new: View) -> list[MigrateOperation]:
        before, after = (dict(zip(item.defaults[::2], item.defaults[1::2], strict=True)) for item in (old, new))
        found: list[MigrateOperation] = []
        for column in sorted(before.keys() | after.keys()):
            if before.get(column) != after.get(column):
                text = f"SET DEFAULT {after[column]}" if column in after else "DROP DEFAULT"
                sql = f"ALTER VIEW {qualified(*new.identity)} ALTER COLUMN {ident(column)} {text}"
                hazard = lock(qualified(*new.identity), locks.mode("ALTER VIEW"))
                found.append(op.AlterObject(self.name, new.identity, sql, hazards=[hazard]))
        return found

    def rename(self, old: View, new: View, context: Context) -> Operations:
        return op.rename_in_schema("VIEW", self.name, old.identity, new.identity)

    def similarity(self, old: View, new: View, context: Context) -> float:
        return float(old.definition == new.definition)


def exact(author: str | None) -> str | None:
    """The author's SQL when it gives the same columns on every database: no `*` in it."""
    return None if author is None or _STAR.search(author) else author


def definition(view: View) -> str:
    """CREATE VIEW from PostgreSQL's own text."""
    options = [f"{name}={value or 'true'}" for name, _, value in (item.partition("=") for item in view.options)]
    inner = f" WITH ({', '.join(parameters(options))})" if options else ""
    return f"CREATE VIEW {qualified(*view.identity)}{inner} AS\n{view.definition}"


def _widening(old: View, new: View) -> list[Hazard]:
    """What a view says that asked with its reader's rights and no longer does."""
    if _asks_as_its_reader(old) and not _asks_as_its_reader(new):
        return [access.view_bypasses(qualified(*new.identity))]
    return []


def _asks_as_its_reader(view: View) -> bool:
    options = dict(option.partition("=")[::2] for option in view.options)
    return access.says_on(options.get("security_invoker", ""))


KIND = ViewKind()
