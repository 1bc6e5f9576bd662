"""Extensions that move to another schema: tried out on the current database like a rename, because the types and functions
that move along are spelt otherwise afterwards in everything that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.render import script
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

if TYPE_CHECKING:
    import psycopg
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.catalog.item import Key


def relocate(connection: psycopg.Connection[Any], context: Context) -> list[tuple[Key, list[MigrateOperation]]]:
    """Move every extension that can move in place to a schema that is there; returns which and by what.

    What PostgreSQL refuses here (an extension of a superuser) is left to the plan. Must run inside a transaction.
    """
    import psycopg

    moved = []
    for key in context.current.keys.get("extension", ()):
        old: Any = context.current.items[key]
        new: Any = context.desired.items.get(key)
        if new is None or old.schema == new.schema or not old.relocatable or not _is_there(new.schema, context):
            continue
        operations = list(KINDS["extension"].alter(old, new, context))
        try:
            with connection.transaction():
                for statement in script(operations):
                    context.options.tried(connection, statement)
        except psycopg.Error:
            continue
        moved.append((key, operations))
    return moved


def _is_there(schema: str, context: Context) -> bool:
    return schema in PLATFORM_SCHEMAS or ("schema", (schema,)) in context.current.items
