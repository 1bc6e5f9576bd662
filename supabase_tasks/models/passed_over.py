"""What models do that only `create_all` would run, and this tool does not: it is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.models.collect import is_view
from supabase_tasks.models.declaration import Models
from supabase_tasks.models.language.base import schema_of
from supabase_tasks.models.language.platform import is_platform_table
from supabase_tasks.models.language.words import declares_view

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

_EVENTS = ("before_create", "after_create")
# Their listeners make what this tool makes by itself: types, and the spatial indexes that stand in the table.
_KNOWN = ("sqlalchemy", "geoalchemy2", "supabase_tasks")
_SHOWN = 80


def lines_of(models: Models) -> tuple[str, ...]:
    """One line for each: DDL events of tables and MetaData, and tables that their `info` calls views."""
    return tuple(dict.fromkeys([*views(models), *_events(models)]))


def views(models: Models) -> Iterator[str]:
    """One line for each table that its `info` calls a view, and that nothing declares."""
    declared = {item.identity for item in models.declarations if declares_view(item.kind)}
    for table in models.metadata.tables.values():
        identity = (schema_of(table), table.name)
        if is_view(table) and identity not in declared:
            name = ".".join(identity)
            yield f"{_where(models, table)}{name} is marked is_view and is not created: declare it with View({table.name!r}, …)"


def _events(models: Models) -> Iterator[str]:
    for event in _EVENTS:
        for listener in _listeners(models.metadata, event):
            yield f"the DDL event {event} of the MetaData is passed over: {_description(listener)}"
    for table in models.metadata.tables.values():
        if is_platform_table(table):
            continue
        for event in _EVENTS:
            for listener in _listeners(table, event):
                name = f"{schema_of(table)}.{table.name}"
                yield f"{_where(models, table)}the DDL event {event} of {name} is passed over: {_description(listener)}"


def _where(models: Models, table: Table) -> str:
    origin = models.table_origin(schema_of(table), table.name)
    return f"{origin}: " if origin else ""


# A listener is whatever can be called.
def _listeners(target: MetaData | Table, event: str) -> Iterator[Any]:
    for listener in getattr(target.dispatch, event):
        inner = getattr(listener, "func", listener)
        module = getattr(inner, "__module__", None) or type(inner).__module__
        is_ddl = hasattr(inner, "statement") or hasattr(inner, "compile")
        if _is_meant(inner) and (is_ddl or module.partition(".")[0] not in _KNOWN):
            yield inner


def _is_meant(listener: Any) -> bool:
    """Whether it runs on PostgreSQL (`DDL.execute_if(dialect=…)`)."""
    wanted = getattr(getattr(listener, "_ddl_if", None), "dialect", None)
    return wanted is None or "postgresql" in ([wanted] if isinstance(wanted, str) else wanted)


def _description(listener: Any) -> str:
    code = getattr(listener, "__code__", None)
    if code is not None:
        name = f"{Path(code.co_filename)}:{code.co_firstlineno}, {listener.__qualname__}"
        return f"{name} (write what it makes as a declaration of supabase_tasks.schema, or in the sql folder)"
    statement = getattr(listener, "statement", None)
    text = " ".join((statement if isinstance(statement, str) else type(listener).__name__).split())
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
    return f"{short} (write it as a declaration of supabase_tasks.schema, or in the sql folder)"
