"""Tables made of a composite type (CREATE TABLE … OF): free of it for as long as their columns, or the type, change.

Source: PostgreSQL 17, ATExecAddOf(): a table becomes one of a type when it has the type's attributes, in their order and with
their types; ATPrepAlterColumnType() and others: no column of a typed table changes by itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.columns import definition

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.item import Item, Key
    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context


def column_text(column: Column) -> str:
    """The column as CREATE TABLE … OF takes it; empty when it is what the type says."""
    bare = replace(column, type="", compression="", collation="")
    words = definition(bare).removeprefix(ident(column.name)).strip()
    return f"{ident(column.name)} WITH OPTIONS {words}" if words else ""


def is_of(table: Any, type_: Item) -> bool:
    """Whether the table is made of the composite type."""
    schema, name = type_.identity[:2]
    return type_.kind == "composite" and table.of_type in (qualified(schema, name), qualified("", name), name)


def made_of(type_: Item, context: Context) -> list[Key]:
    """The tables that are there, stay, and are made of the type."""
    tables = (table for table in context.current.of("table") if table.of_type is not None and is_of(table, type_))
    return [table.key for table in tables if table.key in context.desired.items]


def fits(table: Any, context: Context) -> bool:
    """Whether the table's columns have the desired order once those that go are gone and new ones are added."""
    old, new = (_columns(side, table.key) for side in (context.current, context.desired))
    reached = [name for name in old if name in new] + [name for name in new if name not in old]
    return reached == new


def _columns(side: Any, table: Key) -> list[str]:
    items = (side.items[key] for key in side.children.get(table, ()) if key[0] == "column")
    return [item.name for item in sorted(items, key=lambda one: one.position)]
