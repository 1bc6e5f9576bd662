"""Every former name that the models give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from supabase_tasks.models.declaration import Identity, Models, Origin, RenameHint
from supabase_tasks.models.language.base import schema_of
from supabase_tasks.models.language.platform import is_platform_table
from supabase_tasks.models.language.types import EnumOptions
from supabase_tasks.models.language.words import is_routine

if TYPE_CHECKING:
    from sqlalchemy import Table


def hints(models: Models) -> list[RenameHint]:
    """All hints: declarations first, then columns, constraints and indexes, table by table."""
    found = [hint for item in models.declarations for hint in _of_declaration(item)]
    for table in models.metadata.tables.values():
        if not is_platform_table(table):
            found += _of_table(table, models.table_origin(schema_of(table), table.name))
    return found


# Declarations of any kind come here; the enum's values are the one case with more than a name.
def _of_declaration(item: Any) -> Iterator[RenameHint]:
    old = item.old if hasattr(item, "old") else item.renamed_from
    if old:
        yield RenameHint(item.kind, item.identity, old, item.origin, is_routine(item.kind))
    if isinstance(item, EnumOptions):
        for new, former in item.renamed_values.items():
            yield RenameHint("enum_value", (*item.identity, new), former, item.origin)


def _of_table(table: Table, origin: Origin | None) -> list[RenameHint]:
    place = (schema_of(table), table.name)
    parts: list[tuple[str, Identity, Any]] = [("column", (*place, column.name), column) for column in table.columns]
    named = [constraint for constraint in table.constraints if constraint.name]
    parts += [("constraint", (*place, str(part.name)), part) for part in sorted(named, key=lambda part: str(part.name))]
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    parts += [("index", (place[0], str(index.name)), index) for index in indexes]
    return [
        RenameHint(kind, identity, part.info["renamed_from"], origin)
        for kind, identity, part in parts
        if part.info.get("renamed_from")
    ]
