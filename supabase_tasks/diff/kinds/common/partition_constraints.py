"""Keys of partitions: PostgreSQL names those that it makes, and another name comes by a rename.

The items are those of `diff/kinds/constraint.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.kinds.common.partition_names import index_name, through_free_names

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.item import Key
    from supabase_tasks.diff.kinds.common.context import Context

_LABELS = {"p": "pkey", "u": "key", "x": "excl"}


def renames(new: Any, context: Context) -> list[tuple[str, str]]:
    """The old and new names of all constraints that the partition has got: one of them, the first by name, tells of all."""
    group = [one for one in _of_table(new, context) if _is_made(one, context)]
    if not group or new != min(group, key=lambda one: one.name):
        return []
    given = dict.fromkeys((one.name for one in group), "")
    seen: dict[str, int] = {}
    for one in sorted(group, key=lambda one: _age(one, context)):
        name = _given_name(one, context)
        number = seen[name] = seen.get(name, -1) + 1
        given[one.name] = f"{name}{number or ''}"
    taken = context.current.names_in(new.schema) | context.desired.names_in(new.schema)
    return through_free_names([(given[one.name], one.name) for one in group], taken)


def _of_table(new: Any, context: Context) -> list[Any]:
    items: list[Any] = context.desired.of("constraint")
    return [one for one in items if (one.schema, one.table) == (new.schema, new.table) and one.type in "puxf"]


def _is_made(one: Any, context: Context) -> bool:
    """Whether this migration makes it with the partition, or with the constraint of the partitioned table."""
    above = _above(one, context)
    if above is None:
        return False
    if not context.table_exists(one.schema, one.table):
        return True
    table: Any = context.current.get("table", one.schema, one.table)
    return table.bound is not None and not context.exists(above)


def _above(one: Any, context: Context) -> Key | None:
    parents = context.desired.lineage.parents.get(("table", (one.schema, one.table)), ()) if one.above else ()
    return next((("constraint", (*parent[1], one.above)) for parent in parents), None)


def _given_name(one: Any, context: Context) -> str:
    if one.type == "f":
        return str(one.above)
    return index_name(one.table, _copied_columns(one, context), _LABELS[one.type])


def _copied_columns(one: Any, context: Context) -> tuple[str, ...]:
    above = _above(one, context)
    if above is None:
        return tuple(one.chosen)
    there: Any = context.current.items.get(above)
    if there is not None and context.exists(above):
        return tuple(there.attributes)
    return _copied_columns(context.desired.items[above], context)


def _age(one: Any, context: Context) -> tuple[Any, ...]:
    above = _above(one, context)
    there: Any = context.current.items.get(above) if above is not None else None
    return (there is None, there.address if there is not None else (), one.name)
