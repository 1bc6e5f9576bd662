"""Several MetaData as one: a project may mix SQLModel, declarative bases and Core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.models.declaration import Origin
from supabase_tasks.models.language.base import INFO_KEY, attached_to, schema_of, table_items, wrong

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

# Marks, in its `info`, a MetaData that was made of several.
SEVERAL = "supabase_tasks.several"


def merge(several: Sequence[MetaData], origins: Mapping[str, Origin]) -> MetaData:
    """One MetaData with all tables and declarations; the only one is returned as it is.

    Raises `ModelsError` when two of them hold a table of the same name.
    """
    from sqlalchemy import MetaData

    if len(several) == 1:
        return several[0]
    total = MetaData()
    total.info[SEVERAL] = True
    for metadata in several:
        # A constraint without a name of its own gets it from its MetaData, also when it is copied.
        total.naming_convention = metadata.naming_convention
        total.info.setdefault(INFO_KEY, []).extend(attached_to(metadata))
        for table in metadata.tables.values():
            if table.key in total.tables:
                name = f"{schema_of(table)}.{table.name}"
                raise wrong(
                    origins.get(name),
                    f"table {name} is declared in two MetaData",
                    "name those that count in [tool.supabase-tasks], or leave one out: "
                    'metadata = ["module:name"] or metadata = ["!module:name"]',
                )
            _copy(table, total)
        for key, sequence in metadata._sequences.items():
            total._sequences.setdefault(key, sequence)
        # Its DDL events, among them those by which it makes types that no column has.
        total.dispatch._update(metadata.dispatch, only_propagate=False)
    total.naming_convention = MetaData().naming_convention
    return total


def types_of_no_column(metadata: MetaData) -> list[Any]:
    """The types that were given this `metadata=`, which `create_all` makes whether a column has them or not."""
    from sqlalchemy.types import SchemaType

    owners = [getattr(listener, "__self__", None) for listener in metadata.dispatch.before_create]
    return [owner for owner in owners if isinstance(owner, SchemaType)]


def _copy(table: Table, total: MetaData) -> None:
    copy = table.to_metadata(total)
    copy.info.update({key: value for key, value in table.info.items() if key != INFO_KEY})
    # Its DDL events, which a copy has not.
    copy.dispatch._update(table.dispatch, only_propagate=False)
    copy.info[INFO_KEY] = [replace(item, table=copy) for item in table_items(table)]
    info = {index.name: index.info for index in table.indexes}
    for index in copy.indexes:
        index.info.update(info.get(index.name, {}))
    _settle_names(copy)


def _settle_names(table: Table) -> None:
    """Give what is named only when it is compiled (the checks of Boolean and Enum) its name now, by the convention that
    its own MetaData has."""
    from sqlalchemy.exc import InvalidRequestError
    from sqlalchemy.sql.base import _NONE_NAME
    from sqlalchemy.sql.naming import _constraint_name_for_table

    for constraint in table.constraints:
        if constraint.name is not _NONE_NAME:
            continue
        # A convention that demands a name has none for a check that is not written either.
        with suppress(InvalidRequestError):
            name = _constraint_name_for_table(constraint, table)  # type: ignore[no-untyped-call]
            constraint.name = name or _NONE_NAME
