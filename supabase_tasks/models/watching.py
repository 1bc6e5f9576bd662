"""What an import reads: environment variables, files and folders, and where each table is defined.

Only the importing thread is watched: another one may start a server meanwhile.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from supabase_tasks.models.declaration import Origin
from supabase_tasks.models.language.base import here, schema_of

_FOREIGN_FOLDERS = re.compile(r"/(?:site-packages|dist-packages|__pycache__|node_modules|\.git)(?:/|$)")
_SYSTEM_FOLDERS = ("/proc/", "/sys/", "/dev/", f"{sys.base_prefix}/lib/", f"{sys.prefix}/lib/")
# Of the devices, the one that is a folder of files like any other.
_MEMORY = "/dev/shm/"
_IMPORT_SYSTEM = ("<frozen importlib", os.path.dirname(importlib.metadata.__file__))  # noqa: PTH120
_LISTINGS = frozenset(("os.listdir", "os.scandir"))
# Audit events (https://docs.python.org/3/library/audit_events.html) of what no list of files and variables can hold.
_BEYOND = frozenset(("subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "socket.connect", "sqlite3.connect"))
# A name in `variables` that stands for all of them.
EVERY_VARIABLE = "*"


@dataclass
class Watch:
    """What was seen: names of variables (`*` for all), files and listed folders, tables (`schema.name`) with their
    origin, and audit events of what lies beyond files and variables (a program started, a connection opened).
    """

    root: Path
    thread: int = field(default_factory=threading.get_ident)
    variables: set[str] = field(default_factory=set)
    opened: set[Path] = field(default_factory=set)
    tables: dict[str, Origin] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)

    def owns(self, path: Path) -> bool:
        """Whether a file belongs to the project: below its root, in no installed package."""
        return path.is_relative_to(self.root) and not _FOREIGN_FOLDERS.search(path.as_posix())


def is_foreign(path: str | Path) -> bool:
    """Whether a file belongs to an installed library, the standard library or the system."""
    # As text: a process has a thousand modules, and a Path for each costs more than all else that `load` adds.
    text = path if isinstance(path, str) else path.as_posix()
    system = text.startswith(_SYSTEM_FOLDERS) and not text.startswith(_MEMORY)
    return system or _FOREIGN_FOLDERS.search(text) is not None


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
    originals = [(variables, variables.__class__) for variables in _environments()]
    for variables, _ in originals:
        variables.__class__ = _Recording
    _active.append(watch)
    try:
        yield watch
    finally:
        _active.remove(watch)
        for variables, original in originals:
            variables.__class__ = original
        event.remove(Table, "after_parent_attach", table_defined)


def _watch() -> Watch | None:
    return _active[-1] if _active and _active[-1].thread == threading.get_ident() else None


class _Recording(os._Environ):  # type: ignore[type-arg]
    """`os.environ` while it is watched; the object stays the same, so `from os import environ` is seen too."""

    def __getitem__(self, key: Any) -> Any:
        watch = _watch()
        if watch is not None and isinstance(key, str | bytes):
            watch.variables.add(os.fsdecode(key))
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        watch = _watch()
        # A library that copies the environment while it is imported asks for nothing in particular.
        if watch is not None and _asked_by_author():
            watch.variables.add(EVERY_VARIABLE)
        return super().__iter__()


def _hook() -> None:
    # An audit hook cannot be removed, so there is one for the process; it rests while nothing is watched.
    global _hooked
    if not _hooked:
        sys.addaudithook(_audit)
        _hooked = True


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _active:
        return
    watch = _watch()
    if watch is None:
        return
    if event == "open":
        _opened(watch, arguments[0], arguments[1])
    elif event in _LISTINGS:
        _listed(watch, arguments[0])
    elif event in _BEYOND and _asked_by_author():
        watch.beyond.add(event)


def _opened(watch: Watch, name: object, mode: object) -> None:
    if isinstance(mode, str) and not set(mode) & {"r", "+"}:
        return
    path = _absolute(name)
    if path is not None and not is_foreign(path):
        watch.opened.add(path)


def _listed(watch: Watch, name: object) -> None:
    # The import system lists every folder that it searches; what it could find there is the memo's affair.
    path = _absolute("." if name is None else name)
    if path is not None and not is_foreign(path) and _asked_by_author():
        watch.opened.add(path)


def _absolute(name: object) -> Path | None:
    if not isinstance(name, str | bytes):
        return None
    return Path(os.path.abspath(os.fsdecode(name)))  # noqa: PTH100 (resolve() would open directories and follow links)


def _asked_by_author() -> bool:
    """Whether the author's line asked, directly or through a library's function; not a library's own import."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_IMPORT_SYSTEM):
            return False
        if not name.startswith("<") and name != __file__ and not is_foreign(name):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _environments() -> list[Any]:
    return [os.environ, os.environb] if hasattr(os, "environb") else [os.environ]
