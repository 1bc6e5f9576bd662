"""The names that PostgreSQL gives to what a partition gets with its table: keys and indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.names import chosen_name, cut, free_name

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_LONGEST = 63


def index_columns(index: str, condition: str) -> str:
    """Two columns of a query, empty where `condition` does not hold: `attributes`, the names of the columns of an index, and
    `chosen`, those that it would get if it were created today.

    Source: PostgreSQL 17, renameatt_internal(): the column of a table gets another name, that of its index keeps it;
    generateClonedIndexStmt(): the index of a partition is named after the index's columns, not the table's.
    """
    chosen = f"""SELECT coalesce(t.attname, a.attname)::text FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_index y ON y.indexrelid = a.attrelid
                LEFT JOIN pg_catalog.pg_attribute t ON t.attrelid = y.indrelid AND t.attnum = y.indkey[a.attnum - 1]
                    AND t.attnum <> 0 WHERE a.attrelid = {index} ORDER BY a.attnum"""
    return f"""CASE WHEN {condition} THEN ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = {index} ORDER BY a.attnum) ELSE '{{}}' END AS attributes,
            CASE WHEN {condition} THEN ARRAY({chosen}) ELSE '{{}}' END AS chosen"""


def index_name(table: str, attributes: Sequence[str], label: str) -> str:
    """The name that PostgreSQL chooses for an index, while it is free. Source: PostgreSQL 17, ChooseIndexName()."""
    if label.startswith("pkey"):
        return cut(table, _LONGEST - len(label) - 1) + f"_{label}"
    return chosen_name(table, cut("_".join(attributes), _LONGEST), label)


def given_names(asked: Iterable[tuple[str, Sequence[str], str]], taken: Iterable[str]) -> list[str]:
    """The names that PostgreSQL chooses in turn for (table, attributes, label), each one that is free by then.

    Source: PostgreSQL 17, ChooseRelationName(): the label gets a number, for which the name is cut anew.
    """
    used, found = set(taken), []
    for table, attributes, label in asked:
        number = 0
        while (name := index_name(table, attributes, f"{label}{number or ''}")) in used:
            number += 1
        used.add(name)
        found.append(name)
    return found


def other_names(part: Any, context: Context) -> set[str]:
    """The names of relations in the schema that stay."""
    return {
        key[1][-1]
        for key in context.current.items
        if key[1][:1] == (part.schema,) and (len(key[1]) == 2 or key[0] == part.kind) and context.exists(key)
    }


def through_free_names(pairs: Iterable[tuple[str, str]], taken: Iterable[str]) -> list[tuple[str, str]]:
    """The renames in an order that PostgreSQL takes: one that gets the name of another waits under a free name."""
    open_pairs = [(old, name) for old, name in pairs if old != name]
    held = {old for old, _ in open_pairs}
    used = held | set(taken)
    free: dict[str, str] = {}
    for _, name in open_pairs:
        if name in held:
            free[name] = free_name(f"renamed_{name}", used)
            used.add(free[name])
    return [(old, free.get(name, name)) for old, name in open_pairs] + [(free[name], name) for name in sorted(free)]
