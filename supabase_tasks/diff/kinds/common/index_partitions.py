"""Indexes of partitions: those that PostgreSQL makes of the partitioned table's, and those that differ from them.

The items are those of `diff/kinds/index.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from supabase_tasks.diff.kinds.common.partition_names import given_names, index_name, other_names, through_free_names

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

Gift = Literal["given", "renamed", "attached"]


class Former(NamedTuple):
    """What an index was."""

    name: str
    options: tuple[str, ...]
    statistics: tuple[str, ...]


def cascades(index: Any, context: Context) -> bool:
    """Whether CREATE INDEX on the partitioned table gives the partitions the indexes that they are to have. If not, it is
    created ON ONLY the table, and theirs are attached."""
    if not index.partitioned:
        return True
    parts: list[Any] = [item for item in context.desired.of("index") if item.parent_index == index.identity]
    return all(_automatic(part, index, context) for part in parts)


def _automatic(part: Any, index: Any, context: Context) -> bool:
    known = context.current.get("index", *part.identity)
    if (known is not None and context.exists(part.key)) or _rejoins(part, context):
        return True
    usual = not context.table_exists(part.schema, part.table) or part.name == index_name(part.table, part.chosen, "idx")
    return usual and bool(part.options == index.options)


def gift(old: Any, new: Any, context: Context) -> Gift:
    """How a partition comes by its index `new`: with the partitioned table's, by the rename of what it has, or attached."""
    above: Any = context.desired.get("index", *new.parent_index)
    if above is None:
        return "given"
    if not context.exists(above.key):
        # A new partition comes after the indexes of its table, also after one that was made ON ONLY it.
        if not above.only and (not context.table_exists(new.schema, new.table) or _rejoins(new, context)):
            # One that it has already becomes that of its new table.
            return "renamed" if old is None else "given"
        return "given" if not above.only and cascades(above, context) else "attached"
    if old is not None:
        return "given" if old.inherited or _joins(new, context) else "attached"
    before: Any = context.current.get("index", *new.parent_index)
    if before.only and not _joins(new, context):
        return "attached"
    return "renamed"


def _joins(new: Any, context: Context) -> bool:
    """Whether the table becomes a partition, or comes as one, and gets its indexes by that."""
    table = context.current.get("table", new.schema, new.table)
    return not context.table_exists(new.schema, new.table) or table.bound is None


def _rejoins(new: Any, context: Context) -> bool:
    """Whether the table is no partition for the time in which its table's indexes are made, and gets its own when it is one
    again."""
    old, after = (side.get("table", new.schema, new.table) for side in (context.current, context.desired))
    if not context.table_exists(new.schema, new.table) or old.bound is None or after.bound is None:
        return False
    return bool((old.bound, old.parents) != (after.bound, after.parents))


def former(new: Any, context: Context) -> Former:
    """The partition's index before it gets its name: as PostgreSQL named it, or the one of the same parent that was there."""
    there: list[Any] = context.current.of("index")
    for item in there:
        same = (item.parent_index, item.schema, item.table) == (new.parent_index, new.schema, new.table)
        if same and context.exists(item.key) and context.exists(("index", new.parent_index)):
            return Former(item.name, item.options, item.statistics)
    above: Any = context.desired.get("index", *new.parent_index)
    group = _renamed_with(new, context)
    asked = [(one.table, _copied_columns(one, context), "idx") for one in group]
    return Former(given_names(asked, other_names(new, context))[group.index(new)], above.options, ())


def renames(new: Any, context: Context) -> list[tuple[str, str]]:
    """The old and new names of all indexes that the partition has got with its table: one of them, the first by name, tells
    of all, because one may get the name that another has until then."""
    group = _renamed_with(new, context)
    if new != min(group, key=lambda one: one.name):
        return []
    taken = context.current.names_in(new.schema) | context.desired.names_in(new.schema)
    return through_free_names([(former(one, context).name, one.name) for one in group], taken)


def _renamed_with(new: Any, context: Context) -> list[Any]:
    """The indexes that the partition gets as `new`, in the order in which PostgreSQL makes them."""
    items: list[Any] = context.desired.of("index")
    group = [
        one
        for one in items
        if (one.schema, one.table) == (new.schema, new.table)
        and one.parent_index
        and not context.exists(one.key)
        and gift(None, one, context) == "renamed"
    ]
    return sorted(group, key=lambda one: _age(one, context))


def _age(part: Any, context: Context) -> tuple[Any, ...]:
    above: Any = context.current.get("index", *part.parent_index)
    if above is not None:
        return (0, above.address)
    above = context.desired.get("index", *part.parent_index)
    return _age(above, context) if above is not None and above.parent_index else (1, part.name)


def _copied_columns(part: Any, context: Context) -> tuple[str, ...]:
    """The names of the columns of the index that PostgreSQL copies for a partition: of the one that is there."""
    above: Any = context.current.get("index", *part.parent_index)
    if above is not None and context.exists(above.key):
        return tuple(above.attributes)
    above = context.desired.get("index", *part.parent_index)
    return _copied_columns(above, context) if above is not None and above.parent_index else tuple(part.chosen)
