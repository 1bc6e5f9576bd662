"""Watching an import: variables, files, folders and what was looked at, and where each table is defined."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from supabase_tasks.models import audit_events, clock_types, substitutes, watched_environment
from supabase_tasks.models.import_trace import ImportTrace, active, note, note_look, note_thread
from supabase_tasks.models.language.base import here, schema_of

T = TypeVar("T")


@contextmanager
def trace_imports(root: Path) -> Iterator[ImportTrace]:
    """ImportTrace what this thread does inside the block, and every thread that the models start in it."""
    from sqlalchemy import Table, event

    trace = ImportTrace(root)

    # SQLAlchemy's event: the table and the MetaData that it joins.
    def table_defined(table: Any, _: Any) -> None:
        origin = here()
        if origin is not None:
            trace.tables[f"{schema_of(table)}.{table.name}"] = origin

    audit_events.listen()
    event.listen(Table, "after_parent_attach", table_defined)
    try:
        with watched_environment.record_reads(), substitutes.in_place(note, note_look, note_thread), _connections():
            active.append(trace)
            try:
                yield trace
            finally:
                active.remove(trace)
    finally:
        event.remove(Table, "after_parent_attach", table_defined)


@contextmanager
def resume(trace: ImportTrace | None) -> Iterator[None]:
    """Inside the block the models' own code runs in the importing thread."""
    if trace is None:
        yield
        return
    before, trace.awake = trace.awake, True
    try:
        yield
    finally:
        trace.awake = before


@contextmanager
def continue_trace(root: Path) -> Iterator[ImportTrace]:
    """The trace that this thread began for later, else a new one."""
    if active and active[-1].thread == threading.get_ident() and active[-1].root == root:
        with resume(active[-1]):
            yield active[-1]
    else:
        with trace_imports(root) as trace:
            yield trace


def each(trace: ImportTrace | None, given: Iterator[T]) -> Iterator[T]:
    """What `given` gives, one by one: the models' code runs while the next one is made."""
    while True:
        with resume(trace):
            try:
                one = next(given)
            except StopIteration:
                return
        yield one


@contextmanager
def _connections() -> Iterator[None]:
    """A database driver connects in native code, without an audit event; SQLAlchemy asks each of them by this event."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def connecting(*_: Any) -> None:
        note("a database connection")

    event.listen(Engine, "do_connect", connecting)
    with ExitStack() as stack:
        for name in ("psycopg", "psycopg2"):
            module: Any = sys.modules.get(name)
            if module is not None:
                substitutes.put(stack, module, "connect", substitutes.telling(module.connect, f"{name}.connect", note))
                # psycopg 3 has its classes' own way in; a driver of its own below (`psycopg.pq`) is not seen.
                for owner in (getattr(module, kind, None) for kind in ("Connection", "AsyncConnection")):
                    if owner is not None:
                        original = vars(owner)["connect"]
                        method = classmethod(
                            clock_types.telling_method(original, f"{name}.{owner.__name__}.connect", note)
                        )
                        substitutes.put(stack, owner, "connect", method, original)
        try:
            yield
        finally:
            event.remove(Engine, "do_connect", connecting)
