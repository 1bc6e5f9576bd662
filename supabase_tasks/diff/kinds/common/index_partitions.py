"""Indexes of partitions: those that PostgreSQL makes of the partitioned table's, and those that differ from them.

The items are those of `diff/kinds/index.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

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
    return Former(automatic_name(new), above.options, ())


def automatic_name(part: Any) -> str:
    """The name that PostgreSQL chooses for a partition's index.

    Source: PostgreSQL 17, ChooseIndexName() and makeObjectName(): the longer of both parts is cut.
    """
    table, columns = part.table.encode(), "_".join(part.attributes).encode()[:_LONGEST]
    room = _LONGEST - len("__idx")
    while len(table) + len(columns) > room:
        if len(table) > len(columns):
            table = table[:-1]
        else:
            columns = columns[:-1]
    return f"{table.decode(errors='ignore')}_{columns.decode(errors='ignore')}_idx"
