"""The registry: every kind of object that the diff knows, one module each.

A kind registers by being there: each module of this package holds one or more instances of `Kind` at module level. What
a kind must say and does not is an error here, at import.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from supabase_tasks.diff.kinds.common.kind import Kind

_REQUIRED = ("item", "query", "rank", "noun", "create", "drop")
_CHANGES = ("alter", "replaces", "swaps")


def _find_kinds() -> list[Kind[Any]]:
    modules = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__) if not one.ispkg]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Kind) and type(value).__module__ == module.__name__
    ]


def _check(kind: Kind[Any]) -> None:
    """Raises `TypeError` naming everything that the kind has forgotten."""
    required = (*_REQUIRED, *(("rename",) if kind.rename_rounds else ()), *(("clause",) if kind.inline else ()))
    missing = [name for name in required if not _says(kind, name)]
    if not any(_says(kind, name) for name in _CHANGES):
        missing.append(" or ".join(_CHANGES))
    if missing:
        raise TypeError(f"{type(kind).__module__}.{type(kind).__name__} lacks {', '.join(missing)}")


def _says(kind: Kind[Any], name: str) -> bool:
    """Whether the kind, or what it shares with its like, has a word of its own for it."""
    return any(name in vars(one) for one in type(kind).__mro__ if issubclass(one, Kind) and one is not Kind)


def registry(kinds: list[Kind[Any]]) -> dict[str, Kind[Any]]:
    """The kinds by name, in the order of their ranks. Raises `TypeError` for one that is incomplete, and for a name or
    rank that two of them have."""
    for kind in kinds:
        _check(kind)
    found: dict[str, Kind[Any]] = {}
    for kind in sorted(kinds, key=lambda kind: kind.rank):
        others = [known for known in found.values() if known.rank == kind.rank or known.name == kind.name]
        if others:
            raise TypeError(f"{type(kind).__name__} and {type(others[0]).__name__} have one name or rank")
        found[kind.name] = kind
    return found


KINDS: dict[str, Kind[Any]] = registry(_find_kinds())


def is_routine(kind: str) -> bool:
    """Whether an object of the kind called `kind` is called by its arguments' types as well: its identity ends in them."""
    return kind in KINDS and "routine" in KINDS[kind].namespaces
