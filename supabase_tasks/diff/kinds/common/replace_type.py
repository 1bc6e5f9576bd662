"""A type replaced under the columns that use it: renamed away, created anew, every column moved over by its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.item import SchemaItem
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, may_fail, rewrite
from supabase_tasks.diff.ddl.names import ident, qualified

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context


# Takes a column's SQL name, its type and whether it is an array; returns the USING expression.
Cast = Callable[[str, str, bool], str]


def through_text(name: str, type_name: str, array: bool) -> str:
    return f"{name}::text{'[]' if array else ''}::{type_name}"


def replace_keeping_rows(
    old: SchemaItem, new: SchemaItem, definition: str, context: Context, cast: Cast = through_text
) -> list[MigrateOperation]:
    """The operations that replace the type `old` by `new` (whose CREATE statement is `definition`) and keep all rows.

    Columns of the type and of arrays of it are cast by `cast`, through text unless stated otherwise; their defaults are
    taken off and put back. Views, policies and whatever else depends on the columns must be away by then
    (`Kind.disturbs`).
    """
    name, aside = qualified(*new.identity), qualified(new.schema, f"{new.name}__old")
    using = columns_of(old, context)
    found: list[MigrateOperation] = []
    for column in using:
        if column.default is not None:
            found.append(_clause(column, f"ALTER COLUMN {ident(column.name)} DROP DEFAULT"))
    found.append(op.AlterObject(new.kind, new.identity, f"ALTER TYPE {name} RENAME TO {ident(f'{new.name}__old')}"))
    found.append(op.AlterObject(new.kind, new.identity, definition))
    for column in using:
        found += _moved(column, context, cast)
    word = "DOMAIN" if new.kind == "domain" else "TYPE"
    return [*found, op.AlterObject(new.kind, new.identity, f"DROP {word} {aside}")]


def columns_of(old: SchemaItem, context: Context) -> list[Any]:
    """The columns of the type, and of arrays of it, that stay."""
    name = qualified(*old.identity)
    found = []
    for column in context.current.of("column"):
        kept = context.desired.items.get(column.key)
        if column.type in (name, f"{name}[]") and kept is not None:
            found.append(column)
    return found


def _moved(column: Any, context: Context, cast: Cast) -> list[MigrateOperation]:
    wanted: Any = context.desired.items[column.key]
    name, relation = ident(column.name), qualified(column.schema, column.table)
    hazards = [
        rewrite(relation, f"{relation} is rewritten: {name} moves to the new {column.type}"),
        may_fail(relation, f"fails when a row of {relation} holds a value of {name} that no longer exists"),
    ]
    text = f"ALTER COLUMN {name} TYPE {column.type} USING {cast(name, column.type, column.type.endswith('[]'))}"
    found: list[MigrateOperation] = [_clause(column, text, *hazards)]
    # A column that leaves the type is altered later, by its own change.
    default = wanted.default if wanted.type == column.type else None
    if column.default is not None and default is not None:
        found.append(_clause(column, f"ALTER COLUMN {name} SET DEFAULT {default}"))
    return found


def _clause(column: Any, text: str, *hazards: Hazard) -> op.TableClause:
    return op.TableClause("column", column.identity, qualified(column.schema, column.table), text, hazards=hazards)
