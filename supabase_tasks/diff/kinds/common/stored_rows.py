"""Columns of a table whose rows are values of other columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import ident, join_dotted
from supabase_tasks.diff.kinds.common import columns

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context


def add_to_stored_rows(new: Column, context: Context) -> list[MigrateOperation]:
    """ADD COLUMN where other columns hold rows of the table: PostgreSQL does not write to those, so a default comes after.

    Source: PostgreSQL 17, find_composite_type_dependencies().
    """
    empty = replace(new, default=None, not_null=False)
    value = context.options.defaults.get(join_dotted(*new.identity)) or new.default
    found: list[MigrateOperation] = [columns.clause(new, f"ADD COLUMN {columns.definition(empty)}")]
    if new.default is not None:
        found.append(columns.clause(new, f"ALTER COLUMN {ident(new.name)} SET DEFAULT {new.default}"))
    if value is not None:
        found.append(columns.fill(new, value, ""))
    if new.not_null:
        hazard = lock(columns.relation_of(new), "ACCESS EXCLUSIVE", "scan")
        found.append(columns.clause(new, f"ALTER COLUMN {ident(new.name)} SET NOT NULL", hazard))
    return found + columns.extras(new)
