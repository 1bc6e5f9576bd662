"""Indexes of partitions: those that PostgreSQL makes of the partitioned table's, and those that differ from them.

The items are those of `diff/kinds/index.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from supabase_tasks.diff.ddl.names import chosen_name, cut, free_name

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_LONGEST = 63
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
    if known is not None and context.exists(part.key):
        return True
    return bool(part.name == automatic_name(part) and part.options == index.options)


def gift(old: Any, new: Any, context: Context) -> Gift:
    """How a partition comes by its index `new`: with the partitioned table's, by the rename of what it has, or attached."""
    above: Any = context.desired.get("index", *new.parent_index)
    if above is None:
        return "given"
    if not context.exists(above.key):
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


def former(new: Any, context: Context) -> Former:
    """The partition's index before it gets its name: as PostgreSQL named it, or the one of the same parent that was there."""
    there: list[Any] = context.current.of("index")
    for item in there:
        if (item.parent_index, item.schema, item.table) == (new.parent_index, new.schema, new.table):
            return Former(item.name, item.options, item.statistics)
    above: Any = context.desired.get("index", *new.parent_index)
    namesakes = [one for one in _renamed_with(new, context) if automatic_name(one) == automatic_name(new)]
    return Former(automatic_name(new, namesakes.index(new)), above.options, ())


def renames(new: Any, context: Context) -> list[tuple[str, str]]:
    """The old and new names of all indexes that the partition has got with its table: one of them, the first by name, tells
    of all, because one may get the name that another has until then."""
    group = _renamed_with(new, context)
    if new != min(group, key=lambda one: one.name):
        return []
    pairs = [(former(one, context).name, one.name) for one in group]
    pairs = [(old, name) for old, name in pairs if old != name]
    held = {old for old, _ in pairs}
    taken = held | context.current.names_in(new.schema) | context.desired.names_in(new.schema)
    free: dict[str, str] = {}
    for _, name in pairs:
        if name in held:
            free[name] = free_name(f"renamed_{name}", taken)
            taken.add(free[name])
    return [(old, free.get(name, name)) for old, name in pairs] + [(free[name], name) for name in sorted(free)]


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
    return sorted(group, key=lambda one: context.current.get("index", *one.parent_index).address)


def automatic_name(part: Any, number: int = 0) -> str:
    """The name that PostgreSQL chooses for a partition's index; `number` are those that have taken it before.

    Source: PostgreSQL 17, ChooseIndexName().
    """
    return chosen_name(part.table, cut("_".join(part.attributes), _LONGEST), f"idx{number or ''}")
