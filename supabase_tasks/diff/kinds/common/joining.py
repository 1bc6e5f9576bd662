"""Tables and their parents: what a parent demands is there before a table joins it, and what a child has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.item import Key
    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context


def changes_parent(column: Column, context: Context) -> bool:
    """Whether the column's table gets a parent, or a table that is there comes to be below it, at whatever depth."""
    table: Key = ("table", (column.schema, column.table))
    tables = (table, *context.desired.lineage.descendants(table))
    return any(_gets_a_parent(one, context) for one in tables)


def _gets_a_parent(table: Key, context: Context) -> bool:
    before, after = (side.get(table[0], *table[1]) for side in (context.current, context.desired))
    if before is None or after is None or not after.parent_keys:
        return False
    return bool((before.parent_keys, before.bound) != (after.parent_keys, after.bound))


def children_with_defaults(column: Column, context: Context) -> bool:
    """Whether a table below has a default of its own for the column."""
    table: Key = ("table", (column.schema, column.table))
    below = (("column", (*key[1], column.name)) for key in context.current.lineage.descendants(table))
    return any(getattr(context.current.items.get(key), "default", None) is not None for key in below)
