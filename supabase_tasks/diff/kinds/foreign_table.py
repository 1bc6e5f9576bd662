"""Foreign tables: they hold no rows, so that all but options and settings is changed by making them anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import flatten
from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common import column_settings, options
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class ForeignTable(SchemaItem):
    """A foreign table; `columns` and `checks` are as CREATE FOREIGN TABLE takes them, `parents` what it inherits from,
    `bound` its place in a partitioned parent, `settings` its columns' (`column_settings`)."""

    kind: ClassVar[str] = "foreign_table"
    server: str
    options: tuple[str, ...] = field(repr=False)
    columns: tuple[str, ...]
    checks: tuple[str, ...]
    parents: tuple[str, ...]
    bound: str
    settings: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(flatten(text) for text in self.columns))

    @property
    def label(self) -> str:
        return f"FOREIGN TABLE {qualified(*self.identity)}"

    @property
    def grant_label(self) -> str:
        return f"TABLE {qualified(*self.identity)}"


_COLUMNS = """
    ARRAY(SELECT format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
            || CASE WHEN a.attfdwoptions IS NULL THEN '' ELSE ' OPTIONS (' || array_to_string(ARRAY(
                SELECT format('%I %L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) FROM unnest(a.attfdwoptions) o
                ORDER BY o), ', ') || ')' END
            || CASE WHEN a.attcollation IN (0, t.typcollation) THEN '' ELSE (
                SELECT format(' COLLATE %I.%I', ln.nspname, l.collname) FROM pg_catalog.pg_collation l
                JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace WHERE l.oid = a.attcollation) END
            || CASE WHEN d.adbin IS NULL THEN '' WHEN a.attgenerated = 's'
                THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_catalog.pg_get_expr(d.adbin, d.adrelid))
                ELSE ' DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attislocal ORDER BY a.attnum)
"""


class ForeignTableKind(Kind[ForeignTable]):
    item = ForeignTable
    named_in_code = True
    rank = 245
    namespaces = ("relation", "type")
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    named_in_bodies = True
    section = 41
    noun = "foreign table"
    found_in = "pg_foreign_table"
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS name, s.srvname AS server,
            ARRAY(SELECT o FROM unnest(f.ftoptions) o ORDER BY o) AS options, {_COLUMNS} AS columns,
            ARRAY(SELECT format('CONSTRAINT %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid, true))
                FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conislocal
                ORDER BY k.conname) AS checks,
            ARRAY(SELECT format('%I.%I', pn.nspname, p.relname) FROM pg_catalog.pg_inherits i
                JOIN pg_catalog.pg_class p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
                WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents,
            coalesce(pg_catalog.pg_get_expr(c.relpartbound, c.oid), '') AS bound, {column_settings.QUERY} AS settings
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid
            JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
        WHERE c.relkind = 'f' AND {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def needs(self, item: ForeignTable) -> list[Key]:
        return [("schema", (item.schema,)), ("foreign_server", (item.server,))]

    def create(self, new: ForeignTable, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new)), *self._settings((), new)]

    def drop(self, old: ForeignTable, context: Context) -> Operations:
        label = old.label
        hazards = [] if old.key in context.desired.items else [incompatible(label, f"code that reads {label} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP {label}", hazards=hazards)]

    def replaces(self, old: ForeignTable, new: ForeignTable, context: Context) -> bool:
        return replace(old, options=new.options, settings=new.settings) != new

    def alter(self, old: ForeignTable, new: ForeignTable, context: Context) -> Operations:
        words = options.alter_clause(old.options, new.options, new)
        changed = [op.AlterObject(self.name, new.identity, f"ALTER {new.label}{words}")] if words else []
        return [*changed, *self._settings(old.settings, new)]

    def _settings(self, before: Sequence[str], new: ForeignTable) -> list[op.AlterObject]:
        texts = column_settings.clauses(before, new.settings)
        return [op.AlterObject(self.name, new.identity, f"ALTER {new.label} {text}") for text in texts]

    def rename(self, old: ForeignTable, new: ForeignTable, context: Context) -> Operations:
        return op.rename_in_schema("FOREIGN TABLE", self.name, old.identity, new.identity)


def definition(item: ForeignTable) -> str:
    """CREATE FOREIGN TABLE with everything it has."""
    body = ",\n".join(f"    {text}" for text in (*(() if item.bound else item.columns), *item.checks))
    inside = f" (\n{body}\n)" if body else "" if item.bound else " ()"
    if item.bound:
        head = f"CREATE {item.label} PARTITION OF {item.parents[0]}{inside} {item.bound}"
    else:
        head = f"CREATE {item.label}{inside}" + (f" INHERITS ({', '.join(item.parents)})" if item.parents else "")
    return f"{head}\nSERVER {ident(item.server)}{options.create_clause(item.options, item)}"


KIND = ForeignTableKind()
