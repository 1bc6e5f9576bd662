"""Extensions that move to another schema: tried out on the current database like a rename, because the types and functions
that move along are spelt otherwise afterwards in everything that names them; and the schemas into which renames move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.render import script
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context

if TYPE_CHECKING:
    import psycopg
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.catalog.item import Item, Key


def relocate(connection: psycopg.Connection[Any], context: Context) -> list[tuple[Key, list[MigrateOperation]]]:
    """Move every extension that can move in place; returns which and by what. A schema that this change makes is made before.

    What PostgreSQL refuses here (an extension of a superuser) is left to the plan. Must run inside a transaction.
    """
    import psycopg

    moved: list[tuple[Key, list[MigrateOperation]]] = []
    for key in context.current.keys.get("extension", ()):
        old: Any = context.current.items[key]
        new: Any = context.desired.items.get(key)
        if new is None or old.schema == new.schema or not old.relocatable:
            continue
        home: Key = ("schema", (new.schema,))
        made = home not in context.current.items and home not in dict(moved) and context.desired.items.get(home)
        steps = [(home, list(KINDS["schema"].create(made, context)))] if made else []
        steps.append((key, list(KINDS["extension"].alter(old, new, context))))
        try:
            with connection.transaction():
                for statement in script([operation for _, operations in steps for operation in operations]):
                    context.options.try_statement(connection, statement)
        except psycopg.Error:
            continue
        moved += steps
    return moved


def new_schemas(pairs: Sequence[tuple[Key, Key]], context: Context) -> Iterator[Item]:
    """The schemas into which something moves and that this change makes."""
    names = dict.fromkeys(new[1][0] for old, new in pairs if len(new[1]) > 1 and old[1][0] != new[1][0])
    for name in names:
        key = ("schema", (name,))
        if key in context.desired.items and key not in context.current.items:
            yield context.desired.items[key]
