"""Queries that name columns by their places, of tables whose columns will stand in another order than in the models: PostgreSQL
has no statement that moves a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from supabase_tasks.diff import column_places
from supabase_tasks.diff.catalog.row_lists import Columns
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.errors import name_of
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.errors import DiffError


def refuse_other_places(changes: Changes) -> None:
    """Raises `DiffError` (code `impossible`) when a query of the desired schema would read other columns."""
    uses = list(column_places.uses(changes.desired.items))
    tables = {use.table for use in uses}
    wanted = column_places.columns(changes.desired.items, tables) if tables else {}
    reached = _columns_afterwards(changes, wanted)
    found = [use for use in uses if wanted.get(use.table) != reached.get(use.table)]
    if found:
        raise _other_places(found, reached)


def _other_places(found: list[column_places.PlaceUse], reached: dict[str, Columns]) -> DiffError:
    names = list(dict.fromkeys(name_of(use.key) for use in found))
    tables = dict.fromkeys(use.table for use in found)
    order = "; ".join(f"{', '.join(reached[table])} in {table}" for table in tables)
    return DiffError(
        f"{', '.join(names)} would read other columns: the database has them in another order than the models",
        cause=f"the query gives the columns of {', '.join(tables)} names by their places, and PostgreSQL cannot move a column",
        next_step=f"put the columns in the order of the database ({order}), or select them by their names in a subquery",
        code="impossible",
        data={"objects": names},
    )


def _columns_afterwards(changes: Changes, wanted: Mapping[str, Columns]) -> dict[str, Columns]:
    """The columns of these tables after the migration: those that stay, and behind them those that come."""
    there = column_places.columns(changes.current.items, wanted.keys()) if wanted else {}
    found = dict(wanted)
    for table in _that_stay(changes, wanted):
        fresh = {qualified(*key[1]).removeprefix(f"{table}.") for key in changes.fresh if _is_column_of(key, table)}
        kept = [name for name in there.get(table, ()) if name in wanted[table] and name not in fresh]
        found[table] = (*kept, *(name for name in wanted[table] if name not in kept))
    return found


def _that_stay(changes: Changes, tables: Mapping[str, Columns]) -> Iterator[str]:
    made = {qualified(*identity) for kind, identity in changes.fresh if kind == "table"}
    yield from (table for table in tables if table not in made)


def _is_column_of(key: tuple[str, tuple[str, ...]], table: str) -> bool:
    return key[0] == "column" and qualified(*key[1][:2]) == table
