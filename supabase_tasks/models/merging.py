"""Several MetaData as one: a project may mix SQLModel, declarative bases and Core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks.models.declaration import Origin
from supabase_tasks.models.language.base import INFO_KEY, attached, schema_of, table_items, wrong

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table


def merged(several: Sequence[MetaData], origins: Mapping[str, Origin]) -> MetaData:
    """One MetaData with all tables and declarations; the only one is returned as it is.

    Raises `ModelsError` when two of them hold a table of the same name.
    """
    from sqlalchemy import MetaData

    if len(several) == 1:
        return several[0]
    total = MetaData()
    for metadata in several:
        total.info.setdefault(INFO_KEY, []).extend(attached(metadata))
        for table in metadata.tables.values():
            if table.key in total.tables:
                name = f"{schema_of(table)}.{table.name}"
                raise wrong(origins.get(name), f"table {name} is declared in two MetaData")
            _copy(table, total)
        for key, sequence in metadata._sequences.items():
            total._sequences.setdefault(key, sequence)
    return total


def _copy(table: Table, total: MetaData) -> None:
    copy = table.to_metadata(total)
    copy.info.update({key: value for key, value in table.info.items() if key != INFO_KEY})
    copy.info[INFO_KEY] = [replace(item, table=copy) for item in table_items(table)]
    info = {index.name: index.info for index in table.indexes}
    for index in copy.indexes:
        index.info.update(info.get(index.name, {}))
