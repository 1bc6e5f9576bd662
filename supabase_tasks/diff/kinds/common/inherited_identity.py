"""An identity column of a table that has children by INHERITS: they get the column, and are no identity.

Source: PostgreSQL 17, ATExecAddColumn(): "cannot recursively add identity column to table that has child tables".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common import columns, identity

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context


def is_above_children(new: Column, context: Context) -> bool:
    """Whether it is an identity column to be added to a table with children that are no partitions."""
    table = ("table", (new.schema, new.table))
    there = context.current.get("table", new.schema, new.table)
    return bool(
        new.identity_mode
        and context.exists(table)
        and there.partition_by is None
        and context.current.lineage.descendants(table)
    )


def add(new: Column) -> list[MigrateOperation]:
    """A column with one value for all rows, which costs nothing; then the identity, and the rows' own values, the children's
    too."""
    plain = replace(new, identity_mode="", default="0")
    short = lock(columns.relation_of(new), "ACCESS EXCLUSIVE")
    return [
        columns.clause(new, f"ADD COLUMN {columns.definition(plain)}", short, alone=True),
        columns.clause(new, f"ALTER COLUMN {ident(new.name)} DROP DEFAULT", alone=True),
        identity.begin(new),
        columns.fill(new, "DEFAULT", ""),
        *columns.extras(new),
    ]
