"""Identity columns: added, changed, narrowed with their type, and sequences that take over the numbering of a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import chosen_name, ident, qualified
from supabase_tasks.diff.kinds.common.numbering import (
    TOPS,
    Numbering,
    advance_statement,
    changed_options,
    move_statements,
    of_identity,
    of_sequence,
    retype,
)
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context

_MODES = {"a": "ALWAYS", "d": "BY DEFAULT"}


def identity_clause(column: Column) -> str:
    """What makes it an identity column, in a column's definition."""
    usual = qualified(column.schema, chosen_name(column.table, column.name, "seq"))
    named = [f"SEQUENCE NAME {column.sequence_name}"] if column.sequence_name not in ("", usual) else []
    options = " ".join([*named, *([column.sequence] if column.sequence else [])])
    sequence = f" ({options})" if options else ""
    return f"GENERATED {_MODES[column.identity_mode]} AS IDENTITY{sequence}"


def before_type(old: Column, new: Column) -> list[MigrateOperation]:
    """Options that have to change before the type: bounds that the narrower type has no room for."""
    if not (old.identity_mode and new.identity_mode and _outside(old, new)):
        return []
    return _options(old, new, of_identity(old), alone=True)


def after_type(old: Column, new: Column) -> list[MigrateOperation]:
    """The column becomes an identity, or its mode and options change."""
    if not new.identity_mode:
        return []
    if not old.identity_mode:
        return _add(new)
    found: list[MigrateOperation] = []
    if old.identity_mode != new.identity_mode:
        found.append(_clause(new, f"SET GENERATED {_MODES[new.identity_mode]}"))
    if not _outside(old, new):
        found += _options(old, new, retype(of_identity(old), old.type, new.type))
    return found


def _outside(old: Column, new: Column) -> bool:
    top, before = TOPS.get(new.type, TOPS["bigint"]), TOPS.get(old.type, TOPS["bigint"])
    bounds = of_identity(old)
    above = bounds.maximum > top and bounds.maximum != before
    return above or (bounds.minimum < -top - 1 and bounds.minimum != -before - 1)


def _options(old: Column, new: Column, current: Numbering, *, alone: bool = False) -> list[MigrateOperation]:
    wanted = of_identity(new)
    texts = changed_options(current, wanted)
    if not texts:
        return []
    steps: list[MigrateOperation] = [
        op.AlterObject("column", new.identity, sql) for sql in move_statements(current, wanted, old.sequence_name)
    ]
    words = " ".join(text if text == "RESTART" else f"SET {text}" for text in texts)
    return [*steps, _clause(new, words, alone=alone)]


def _clause(column: Column, text: str, *, alone: bool = False) -> op.TableClause:
    relation = qualified(column.schema, column.table)
    hazards = [lock(relation, "ACCESS EXCLUSIVE")]
    clause = f"ALTER COLUMN {ident(column.name)} {text}"
    return op.TableClause("column", column.identity, relation, clause, hazards=hazards, alone=alone)


def _add(new: Column) -> list[MigrateOperation]:
    relation = qualified(new.schema, new.table)
    sequence = f"pg_get_serial_sequence({literal(relation)}, {literal(new.name)})"
    advance = advance_statement(sequence, of_identity(new), ident(new.name), relation)
    return [begin(new), op.AlterObject("column", new.identity, advance)]


def begin(new: Column) -> MigrateOperation:
    """The column becomes an identity that counts from its start."""
    return _clause(new, f"ADD {identity_clause(new)}")


def counting(old: Column, new: Column, context: Context) -> list[MigrateOperation]:
    """A sequence that takes over by a default goes on from the greatest value."""
    match = re.fullmatch(r"nextval\('(.+)'::regclass\)", new.default or "")
    if match is None or old.default is not None:
        return []
    name = match[1].replace("''", "'")
    items: list[Any] = context.desired.of("sequence")
    found = next((of_sequence(item) for item in items if qualified(*item.identity) == name), None)
    numbering = found or Numbering(1, 1, TOPS["bigint"], 1, 1, False)
    sql = advance_statement(literal(name), numbering, ident(new.name), qualified(new.schema, new.table))
    return [op.AlterObject("column", new.identity, sql)]
