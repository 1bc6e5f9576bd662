"""A foreign key of the models that leads nowhere: which one, and what it may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supabase_tasks.did_you_mean import nearest
from supabase_tasks.errors import ModelsError
from supabase_tasks.models.language.base import wrong

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ForeignKeyConstraint
    from sqlalchemy.exc import NoReferenceError

    from supabase_tasks.models.declaration import Origin


def explain(error: NoReferenceError, key: ForeignKeyConstraint, origin: Origin | None) -> ModelsError:
    """SQLAlchemy's `error` about `key`, whose table is declared at `origin`, in our words."""
    referring = f"{key.table.name}.{', '.join(key.column_keys)}"
    missing, known = _missing(error, key)
    table = str(error.table_name)
    where = f"{table} has no column {missing!r}" if missing != table else f"the models have no table {table!r}"
    meant = nearest(missing, known)
    failure = wrong(
        origin,
        f"the foreign key of {referring} leads nowhere: {where}",
        f"correct the foreign key of {referring}",
    )
    failure.cause, failure.code = f"did you mean {meant!r}?" if meant else None, "foreign-key"
    return failure


def _missing(error: NoReferenceError, key: ForeignKeyConstraint) -> tuple[str, Iterable[str]]:
    """The name that does not exist, and the names of its kind that do."""
    tables = key.table.metadata.tables
    column = getattr(error, "column_name", None)
    if column is None:
        return str(error.table_name), tables
    return str(column), [one.name for one in tables[str(error.table_name)].columns]
