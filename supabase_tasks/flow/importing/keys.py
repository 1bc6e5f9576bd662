"""The foreign keys of a table as what they say of rows: which refer to which, and how many of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from supabase_tasks.flow.importing import parts
from supabase_tasks.flow.importing.gathered import Context, TableSource

Identity = tuple[str, str]
_COLUMNS = re.compile(
    r"(?:PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?) \((.*)\)|ON (?:ONLY )?\S+ USING btree \(([\w, ]+)\)"
)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of `source` refer to `target_columns` of `target`. `required`: every row has what it refers to; `alone`: no
    two rows refer to the same one."""

    source: Identity
    columns: tuple[str, ...]
    target: Identity
    target_columns: tuple[str, ...]
    required: bool
    alone: bool


def keys_of(one: TableSource, context: Context) -> list[ForeignKey]:
    """The foreign keys of a table that its source says, in the order of its columns."""
    places = {column.name: column.position for column in one.columns}
    return sorted(_keys(one, context), key=lambda key: (len(key.columns), [places[name] for name in key.columns]))


def _keys(one: TableSource, context: Context) -> Iterator[ForeignKey]:
    required = {column.name for column in one.columns if column.not_null}
    alone = list(_unique(one))
    for constraint in one.constraints:
        found = parts.foreign_key(constraint, context.is_known) if constraint.type == "f" else None
        if found is None:
            continue
        own = set(found.columns)
        head, _, _ = found.targets[0].rpartition(".")
        schema, _, table = head.rpartition(".")
        yield ForeignKey(
            one.identity,
            found.columns,
            (schema or "public", table),
            tuple(target.rpartition(".")[2] for target in found.targets),
            required=own <= required,
            alone=any(columns <= own for columns in alone),
        )


def _unique(one: TableSource) -> Iterator[set[str]]:
    """Columns whose values no two rows share."""
    texts = [constraint.definition for constraint in one.constraints if constraint.type in ("p", "u")]
    texts += [index.definition for index in one.indexes if index.unique and index.predicate is None]
    for text in texts:
        match = _COLUMNS.fullmatch(text)
        if match is not None:
            yield set(parts.names(match[1] or match[2]))
