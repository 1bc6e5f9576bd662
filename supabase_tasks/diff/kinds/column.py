"""Columns of tables: read, compared, written. What a change of one means is in `diff/kinds/common/columns.py`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.inheritance import keepers
from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import data_loss, incompatible, lock
from supabase_tasks.diff.ddl.names import ident, qualified, split_dotted
from supabase_tasks.diff.kinds.common import (
    column_likeness,
    columns,
    inherited_columns,
    inherited_identity,
    typed_tables,
)
from supabase_tasks.diff.kinds.common.column_item import Column
from supabase_tasks.diff.kinds.common.column_settings import storage_word
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, OtherName, RenameRound
from supabase_tasks.diff.kinds.common.stored_rows import add_to_stored_rows
from supabase_tasks.diff.kinds.common.type_changes import type_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supabase_tasks.diff.kinds.common.context import Context


class ColumnKind(Kind[Column]):
    item = Column
    rank = 90
    slug_rank = 2
    slug_word = False
    slug_lists = True
    rename_rounds = (RenameRound.PARTS,)
    named_in_bodies = True
    section = 40
    inline = True
    noun = "column"
    holds_rows = True
    drop_is_gated = True
    has_children = True
    part_of_table = True
    query = f"""
        SELECT 1259::int8, c.oid::int8, a.attnum::int, n.nspname AS schema, c.relname AS table, a.attname AS name,
            a.attnum AS position, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
            CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
                THEN (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_catalog.pg_collation co
                    JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation)
                ELSE '' END AS collation,
            a.attnotnull AS not_null,
            CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default,
            CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS generated,
            a.attidentity::text AS identity_mode,
            coalesce(concat_ws(' ',
                CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement END,
                CASE WHEN s.seqmin <> 1 THEN 'MINVALUE ' || s.seqmin END,
                CASE WHEN s.seqmax <> (CASE s.seqtypid WHEN 20 THEN 9223372036854775807 WHEN 23 THEN 2147483647
                    ELSE 32767 END) THEN 'MAXVALUE ' || s.seqmax END,
                CASE WHEN s.seqstart <> 1 THEN 'START WITH ' || s.seqstart END,
                CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
                CASE WHEN s.seqcycle THEN 'CYCLE' END), '') AS sequence,
            coalesce((SELECT format('%I.%I', n.nspname, q.relname) FROM pg_catalog.pg_class q WHERE q.oid = s.seqrelid), '')
                AS sequence_name,
            CASE WHEN a.attstorage <> t.typstorage THEN {storage_word("a.attstorage")} ELSE '' END AS storage,
            {storage_word("t.typstorage")} AS usual_storage,
            CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE '' END AS compression,
            nullif(a.attstattarget, -1)::int AS statistics,
            coalesce(a.attoptions, '{{}}') AS options, a.attinhcount > 0 AS inherited, c.reloftype <> 0 AS typed
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            LEFT JOIN pg_catalog.pg_sequence s ON a.attidentity <> '' AND s.seqrelid = (SELECT i.objid
                FROM pg_catalog.pg_depend i WHERE i.classid = 1259 AND i.refclassid = 1259 AND i.refobjid = c.oid
                    AND i.refobjsubid = a.attnum AND i.deptype = 'i' LIMIT 1)
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped
            AND {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def other_names(self, item: Column) -> list[OtherName]:
        if not item.sequence_name:
            return []
        name = ("relation", *split_dotted(item.sequence_name))
        return [OtherName(name, f"SEQUENCE {item.sequence_name}")]

    def sort_key(self, item: Column) -> tuple[Any, ...]:
        return (item.position,)

    def clause(self, item: Column) -> str:
        return typed_tables.column_text(item) if item.typed else columns.definition(item)

    def inherits(self, old: Column | None, new: Column, context: Context) -> Operations:
        return columns.own(old, new, context) if old is not None else ()

    def given_by_parent(
        self, old: Column | None, new: Column, stages: Sequence[Column], *, fresh_table: bool
    ) -> Column | None:
        return inherited_columns.given_by_parent(old, new, stages, fresh_table=fresh_table)

    def is_demanded(self, item: Column) -> bool:
        return True

    def create(self, new: Column, context: Context) -> Operations:
        table = ("table", (new.schema, new.table))
        if context.exists(table) and context.current.stored.columns(table):
            return add_to_stored_rows(new, context)
        if inherited_identity.is_above_children(new, context):
            return inherited_identity.add(new)
        return columns.add(new, context)

    def extras(self, new: Column, context: Context) -> Operations:
        return columns.extras(new)

    def drop(self, old: Column, context: Context) -> Operations:
        relation = qualified(old.schema, old.table)
        hazards = [
            lock(relation, "ACCESS EXCLUSIVE"),
            incompatible(relation, f"code that uses {relation}.{old.name} breaks"),
        ]
        if old.generated is None:
            hazards.insert(0, data_loss(relation, f"column {qualified(*old.identity)} is dropped with its values"))
        # A child that keeps the column has it as its own from then on, with its rows.
        target = f"ONLY {relation}" if keepers(context.current, context.desired, old.key) else relation
        return [op.TableClause(self.name, old.identity, target, f"DROP COLUMN {ident(old.name)}", hazards=hazards)]

    def alter(self, old: Column, new: Column, context: Context) -> Operations:
        return columns.alter(old, new, context)

    def replaces(self, old: Column, new: Column, context: Context) -> bool:
        # PostgreSQL has no ALTER that makes a plain column computed, and SET EXPRESSION only since 17.
        became = old.generated is None and new.generated is not None
        if became or (old.generated != new.generated and new.generated is not None and context.version < 170000):
            return True
        # A computed column's type changes without USING, or not at all; its length does.
        computed = old.generated is not None and new.generated is not None
        bare = replace(new, type=columns.base_type(new.type))
        return computed and type_change(old, bare, context).using is not None

    def releases(self, old: Column, new: Column, gone: Item) -> bool:
        if gone.type_names:
            return old.type != new.type
        return (old.default, old.generated) != (new.default, new.generated)

    def intermediate(self, old: Column, new: Column, context: Context) -> Column | None:
        # An identity's sequence and a serial's take the same name.
        if bool(old.identity_mode) == bool(new.identity_mode):
            return None
        return replace(old, default=None, identity_mode="", sequence="")

    def detach(self, old: Column, gone: Item, context: Context) -> Column | None:
        return None if old.generated is not None else replace(old, default=None)

    def rename(self, old: Column, new: Column, context: Context) -> Operations:
        relation = qualified(*new.identity[:2])
        sql = f"ALTER TABLE {relation} RENAME COLUMN {ident(old.name)} TO {ident(new.name)}"
        hazards = [
            lock(relation, "ACCESS EXCLUSIVE"),
            incompatible(relation, f"code that uses the name {relation}.{old.name} breaks"),
        ]
        renamed = op.RenameObject(self.name, new.identity, sql, hazards=hazards)
        # It joins the type again when that has the attribute under its new name.
        return [columns.clause(new, "NOT OF", alone=True), renamed] if old.typed else [renamed]

    def similarity(self, old: Column, new: Column, context: Context) -> float:
        return column_likeness.similarity(old, new)


KIND = ColumnKind()
