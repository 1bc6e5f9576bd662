"""The registry: every kind of object that the diff knows, one module each.

A kind registers by being there: each module of this package holds one or more instances of `Kind` at module level. What
a kind must say and does not is an error here, at import.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from supabase_tasks.diff.kinds.common.kind import Kind

_REQUIRED = ("item", "query", "rank", "create", "drop")


def _found() -> list[Kind[Any]]:
    modules = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__) if not one.ispkg]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Kind) and type(value).__module__ == module.__name__
    ]


def _check(kind: Kind[Any]) -> None:
    """Raises `TypeError` naming everything that the kind has forgotten."""
    missing = [name for name in _REQUIRED if getattr(type(kind), name, None) is getattr(Kind, name, None)]
    if kind.rename_rounds and type(kind).rename is Kind.rename:
        missing.append("rename")
    if kind.inline and type(kind).clause is Kind.clause:
        missing.append("clause")
    if missing:
        raise TypeError(f"{type(kind).__module__}.{type(kind).__name__} lacks {', '.join(missing)}")


def registry(kinds: list[Kind[Any]]) -> dict[str, Kind[Any]]:
    """The kinds by name, in the order of their ranks. Raises `TypeError` for one that is incomplete, and for a name or
    rank that two of them have."""
    for kind in kinds:
        _check(kind)
    found: dict[str, Kind[Any]] = {}
    for kind in sorted(kinds, key=lambda kind: kind.rank):
        twins = [other for other in found.values() if other.rank == kind.rank or other.name == kind.name]
        if twins:
            raise TypeError(f"{type(kind).__name__} and {type(twins[0]).__name__} have one name or rank")
        found[kind.name] = kind
    return found


KINDS: dict[str, Kind[Any]] = registry(_found())


def is_routine(kind: str) -> bool:
    """Whether an object of the kind called `kind` is called by its arguments' types as well: its identity ends in them."""
    return kind in KINDS and KINDS[kind].namespace == "routine"
