"""Keys of partitions: PostgreSQL names those that it makes, and another name comes by a rename.

The items are those of `diff/kinds/constraint.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.partition_names import given_names, other_names, through_free_names

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.item import Key
    from supabase_tasks.diff.kinds.common.context import Context

_LABELS = {"p": "pkey", "u": "key", "x": "excl"}


def renames(new: Any, context: Context) -> list[tuple[str, str]]:
    """The old and new names of all constraints that the partition has got: one of them, the first by name, tells of all."""
    group = [
        one
        for one in _of_table(new, context)
        if _is_made(one, context) and not is_attached_by_itself(None, one, context)
    ]
    if not group or new != min(group, key=lambda one: one.name):
        return []
    keys = sorted((one for one in group if one.type in _LABELS), key=lambda one: _age(one, context))
    asked = [(one.table, _copied_columns(one, context), _LABELS[one.type]) for one in keys]
    pairs = [(name, one.name) for name, one in zip(given_names(asked, other_names(new, context)), keys, strict=True)]
    pairs += [(one.above, one.name) for one in group if one.type not in _LABELS]
    taken = context.current.names_in(new.schema) | context.desired.names_in(new.schema)
    return through_free_names(pairs, taken)


def is_attached_by_itself(old: Any, new: Any, context: Context) -> bool:
    """Whether a partition gets its key, or has `old`, by itself, because the partitioned table's is ON ONLY that table."""
    above = key_above(new, context)
    if above is None or new.type not in _LABELS or (old is not None and old.inherited):
        return False
    if not context.exists(above):
        return bool(getattr(context.desired.items[above], "only", False))
    # A table that comes, or becomes a partition, gets also those that others lack.
    there = context.table_exists(new.schema, new.table) and not _is_attached(new, context)
    return there and bool(getattr(context.current.items[above], "only", False))


def attach_statement(new: Any, context: Context) -> str:
    """ALTER INDEX by which the partition's key becomes that of the partitioned table's."""
    above = key_above(new, context)
    assert above is not None
    name = qualified(above[1][0], above[1][2])
    return f"ALTER INDEX {name} ATTACH PARTITION {qualified(new.schema, new.name)}"


def _of_table(new: Any, context: Context) -> list[Any]:
    items: list[Any] = context.desired.of("constraint")
    return [one for one in items if (one.schema, one.table) == (new.schema, new.table) and one.type in "puxf"]


def _is_made(one: Any, context: Context) -> bool:
    """Whether this migration makes it with the partition, or with the constraint of the partitioned table."""
    above = key_above(one, context)
    if above is None:
        return False
    if not context.table_exists(one.schema, one.table):
        return True
    if _is_attached(one, context):
        # ATTACH PARTITION takes a key that the table has already, under the name that it has.
        return not context.exists(one.key)
    table: Any = context.current.get("table", one.schema, one.table)
    return table.bound is not None and not context.exists(above)


def _is_attached(one: Any, context: Context) -> bool:
    """Whether its table, which is there already, becomes a partition."""
    sides = (context.current, context.desired)
    old, new = (side.get("table", one.schema, one.table) for side in sides)
    return (old.bound, new.bound) != (new.bound, None) and (old.bound != new.bound or old.parents != new.parents)


def key_above(one: Any, context: Context) -> Key | None:
    """The partitioned table's constraint that a partition's comes from."""
    parents = context.desired.lineage.parents.get(("table", (one.schema, one.table)), ()) if one.above else ()
    return next((("constraint", (*parent[1], one.above)) for parent in parents), None)


def _copied_columns(one: Any, context: Context) -> tuple[str, ...]:
    above = key_above(one, context)
    if above is None:
        return tuple(one.chosen)
    there: Any = context.current.items.get(above)
    if there is not None and context.exists(above):
        return tuple(there.attributes)
    return _copied_columns(context.desired.items[above], context)


def _age(one: Any, context: Context) -> tuple[Any, ...]:
    above = key_above(one, context)
    there: Any = context.current.items.get(above) if above is not None else None
    return (there is None, there.address if there is not None else (), one.name)
