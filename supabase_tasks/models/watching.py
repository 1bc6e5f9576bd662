"""What an import reads: environment variables, files of the project, and where each table is defined.

Only the importing thread is watched: another one may start a server meanwhile.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from supabase_tasks.models.declaration import Origin
from supabase_tasks.models.language.base import here, schema_of

_FOREIGN_FOLDERS = frozenset(("site-packages", "dist-packages", "__pycache__", "node_modules", ".git"))


@dataclass
class Watch:
    """What was seen: names of variables, files below `root`, tables (`schema.name`) with their origin."""

    root: Path
    thread: int = field(default_factory=threading.get_ident)
    variables: set[str] = field(default_factory=set)
    opened: set[Path] = field(default_factory=set)
    tables: dict[str, Origin] = field(default_factory=dict)

    def owns(self, path: Path) -> bool:
        """Whether a file belongs to the project: below its root, in no installed package."""
        return path.is_relative_to(self.root) and _FOREIGN_FOLDERS.isdisjoint(path.parts)


_active: list[Watch] = []
_hooked = False


@contextmanager
def watching(root: Path) -> Iterator[Watch]:
    """Watch what this thread does inside the block."""
    from sqlalchemy import Table, event

    watch = Watch(root)

    # SQLAlchemy's event: the table and the MetaData that it joins.
    def table_defined(table: Any, _: Any) -> None:
        origin = here()
        if origin is not None and threading.get_ident() == watch.thread:
            watch.tables[f"{schema_of(table)}.{table.name}"] = origin

    _hook()
    event.listen(Table, "after_parent_attach", table_defined)
    original = os.environ.__class__
    os.environ.__class__ = _Recording
    _active.append(watch)
    try:
        yield watch
    finally:
        _active.remove(watch)
        os.environ.__class__ = original
        event.remove(Table, "after_parent_attach", table_defined)


def _watch() -> Watch | None:
    return _active[-1] if _active and _active[-1].thread == threading.get_ident() else None


class _Recording(os._Environ):  # type: ignore[type-arg]
    """`os.environ` while it is watched; the object stays the same, so `from os import environ` is seen too."""

    def __getitem__(self, key: Any) -> Any:
        watch = _watch()
        if watch is not None and isinstance(key, str):
            watch.variables.add(key)
        return super().__getitem__(key)


def _hook() -> None:
    # An audit hook cannot be removed, so there is one for the process; it rests while nothing is watched.
    global _hooked
    if not _hooked:
        sys.addaudithook(_audit)
        _hooked = True


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not _active:
        return
    watch = _watch()
    name, mode = arguments[0], arguments[1]
    if watch is None or not isinstance(name, str) or (isinstance(mode, str) and "r" not in mode):
        return
    path = Path(os.path.abspath(name))  # noqa: PTH100 (resolve() would open directories and follow links)
    if watch.owns(path):
        watch.opened.add(path)
