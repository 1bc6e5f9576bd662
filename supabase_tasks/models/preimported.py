"""Modules of the project that a task file imported before anybody watched, and that the models use."""

from __future__ import annotations

import builtins
import importlib.util
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from supabase_tasks.models import call_stack
from supabase_tasks.models.import_trace import ImportTrace


@contextmanager
def note_imports(early: Mapping[str, str], models: str, trace: ImportTrace) -> Iterator[None]:
    """Inside the block an import statement that takes one of `early` (modules and their files) as it is here is noted:
    what that module read was not seen. `models` is the module about to be imported, whose packages come with it."""
    if not early:
        yield
        return
    parts = models.split(".")
    for depth in range(1, len(parts) + 1):
        _note(early, ".".join(parts[:depth]), trace, early.get(".".join(parts[:depth])))
    statement, function = builtins.__import__, importlib.import_module

    def by_statement(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        package = (globals or {}).get("__package__") or ""
        base = f"{package.rsplit('.', level - 1)[0]}.{name}".rstrip(".") if level else name
        for one in (base, *(f"{base}.{item}" for item in fromlist or ())):
            _note(early, one, trace)
        return statement(name, globals, locals, fromlist, level)

    def by_function(name: str, package: str | None = None) -> Any:
        _note(early, importlib.util.resolve_name(name, package) if package else name, trace)
        return function(name, package)

    builtins.__import__, importlib.import_module = by_statement, by_function
    try:
        yield
    finally:
        builtins.__import__, importlib.import_module = statement, function


def _note(early: Mapping[str, str], name: str, trace: ImportTrace, place: str | None = None) -> None:
    if name in early and (place := call_stack.author(2) or place):
        trace.note(f"{name}, which was imported before it could be watched", place)
