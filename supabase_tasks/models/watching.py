"""What an import reads: variables, files, folders and what was looked at, and where each table is defined.

Watched are the thread that imports, whenever the models' own code runs in it, and every thread that the models start.
Other threads are ours: one starts a server meanwhile.
"""

from __future__ import annotations

import os
import random
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

from supabase_tasks import looks
from supabase_tasks.models import asking, substitutes, unseen
from supabase_tasks.models.asking import is_foreign as is_foreign
from supabase_tasks.models.declaration import Origin
from supabase_tasks.models.language.base import here, schema_of

T = TypeVar("T")

# A name in `variables` that stands for all of them.
EVERY_VARIABLE = "*"
_LISTINGS = {"os.listdir": looks.NAMES, "os.scandir": looks.ENTRIES}
_NO_FILES = frozenset(("/dev/null", os.devnull))
# Every `resolve` of a path below them looks at them too.
_ROOTS = frozenset(("/dev", "/proc", "/sys"))


@dataclass
class Watch:
    """What was seen: names of variables (`*` for all), files with what `stat` told when they were opened (None: they were
    not there), what was looked at (None: with more than one answer), tables (`schema.name`) with their origin, and what
    lies beyond all that, with the line that asked."""

    root: Path
    thread: int = field(default_factory=threading.get_ident)
    awake: bool = True
    variables: set[str] = field(default_factory=set)
    opened: dict[Path, os.stat_result | None] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    looks: dict[tuple[str, str], str] = field(default_factory=dict)
    tables: dict[str, Origin] = field(default_factory=dict)
    beyond: dict[str, str] = field(default_factory=dict)
    threads: WeakSet[threading.Thread] = field(default_factory=WeakSet)
    dice: Any = field(default_factory=random.getstate, repr=False)

    def owns(self, path: Path) -> bool:
        """Whether a file belongs to the project: below its root, in no installed package."""
        return asking.in_project(path, self.root)

    def note(self, what: str, place: str) -> None:
        """Something that cannot be remembered was asked for at `place`; the first one of a kind is told."""
        shown = place.removeprefix(f"{self.root}/")
        self.beyond.setdefault(what, shown)

    def told(self) -> list[str]:
        """Each of `beyond` with its place."""
        # The functions of `random` are in many a library under a name of its own; the state is one for all.
        if random.getstate() != self.dice:
            self.note("random", "the models, or a library of theirs")
        return [f"{what} ({place})" for what, place in sorted(self.beyond.items())]


_active: list[Watch] = []
_hooked = False
# Set in a thread while it looks for us.
_inside = threading.local()


@contextmanager
def watching(root: Path) -> Iterator[Watch]:
    """Watch what this thread does inside the block, and every thread that the models start in it."""
    from sqlalchemy import Table, event

    watch = Watch(root)

    # SQLAlchemy's event: the table and the MetaData that it joins.
    def table_defined(table: Any, _: Any) -> None:
        origin = here()
        if origin is not None:
            watch.tables[f"{schema_of(table)}.{table.name}"] = origin

    _hook()
    event.listen(Table, "after_parent_attach", table_defined)
    originals = [(variables, variables.__class__) for variables in _environments()]
    for variables, _ in originals:
        variables.__class__ = _Recording
    try:
        with substitutes.in_place(_told, _looked, _started), _connections():
            _active.append(watch)
            try:
                yield watch
            finally:
                _active.remove(watch)
    finally:
        for variables, original in originals:
            variables.__class__ = original
        event.remove(Table, "after_parent_attach", table_defined)


@contextmanager
def resumed(watch: Watch | None) -> Iterator[None]:
    """Inside the block the models' own code runs in the importing thread."""
    if watch is None:
        yield
        return
    before, watch.awake = watch.awake, True
    try:
        yield
    finally:
        watch.awake = before


@contextmanager
def continued(root: Path) -> Iterator[Watch]:
    """The watch that this thread began for later, else a new one."""
    if _active and _active[-1].thread == threading.get_ident() and _active[-1].root == root:
        with resumed(_active[-1]):
            yield _active[-1]
    else:
        with watching(root) as watch:
            yield watch


def each(watch: Watch | None, given: Iterator[T]) -> Iterator[T]:
    """What `given` gives, one by one: the models' code runs while the next one is made."""
    while True:
        with resumed(watch):
            try:
                one = next(given)
            except StopIteration:
                return
        yield one


def _watch() -> Watch | None:
    if not _active or getattr(_inside, "busy", False):
        return None
    watch = _active[-1]
    thread = threading.get_ident()
    if thread == watch.thread:
        return watch if watch.awake else None
    # Not current_thread(): that makes one where there is none.
    return watch if threading._active.get(thread) in watch.threads else None  # type: ignore[attr-defined]


def _told(what: str, *, discreet: bool = False) -> None:
    """See `substitutes.Told`."""
    watch = _watch()
    if watch is not None:
        place = asking.author(2, discreet=discreet)
        if place is not None:
            watch.note(what, place)


def _looked(kind: str, name: Any, answer: str) -> None:
    """See `substitutes.Looked`."""
    watch = _watch()
    path = _absolute(name) if watch is not None else None
    if watch is None or path is None or asking.is_ours(2):
        return
    if asking.is_pseudo(path) and path not in _ROOTS:
        if path not in _NO_FILES and (place := asking.author(2)):
            watch.note(path, place)
    elif watch.looks.setdefault((kind, path), answer) != answer:
        watch.note(f"{path}, which changed meanwhile", asking.author(2) or "a library")


class _Recording(os._Environ):  # type: ignore[type-arg]
    """`os.environ` while it is watched; the object stays the same, so `from os import environ` is seen too."""

    def __getitem__(self, key: Any) -> Any:
        watch = _watch()
        if watch is not None and isinstance(key, str | bytes):
            watch.variables.add(os.fsdecode(key))
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        _all_variables()
        return super().__iter__()

    def __len__(self) -> int:
        _all_variables()
        return super().__len__()

    def __repr__(self) -> str:
        _all_variables()
        return super().__repr__()


def _all_variables() -> None:
    watch = _watch()
    # A library that copies the environment while it is imported asks for nothing in particular.
    if watch is not None and asking.author(2):
        watch.variables.add(EVERY_VARIABLE)


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
        _opened(watch, *arguments)
    elif event in _LISTINGS:
        _listed(watch, _LISTINGS[event], arguments[0])
    elif event == "import":
        _imported(watch, arguments[0], arguments[1])
    elif unseen.is_unseen(event) and (place := asking.author()):
        watch.note(event, place)


def _imported(watch: Watch, name: str, file: object) -> None:
    """Native code opens files without an event: the project's own, and that of libraries known for it."""
    if isinstance(file, str):
        if not is_foreign(file):
            watch.note(f"{name}, native code", file)
    elif name.partition(".")[0] in unseen.NATIVE and (place := asking.author(2)):
        watch.note(f"{name}, which reads in native code", place)


def _started(thread: threading.Thread) -> None:
    """See `substitutes.Started`."""
    watch = _watch()
    if watch is not None and asking.author(2):
        watch.threads.add(thread)


def _opened(watch: Watch, name: object, mode: object, flags: object) -> None:
    if isinstance(name, int):
        _opened_descriptor(watch, name)
        return
    path = _absolute(name)
    if path is None or not _is_read(watch, path, mode, flags):
        return
    if f"{os.sep}__pycache__{os.sep}" in path and asking.author(3) is None:
        # The import system reads bytecode, which stands for its source.
        with suppress(ValueError):
            watch.sources.add(source_from_cache(path))
        return
    if asking.is_pseudo(path):
        if path not in _NO_FILES and (place := asking.author(2)):
            watch.note(path, place)
        return
    found = _status(path)
    if found is not None and not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        if place := asking.author(2):
            watch.note(path, place)
        return
    if asking.is_ours(2):
        return
    watch.opened.setdefault(Path(path), found)


def _opened_descriptor(watch: Watch, number: int) -> None:
    place = asking.author(3)
    if place is None:
        return
    if number == 0:
        watch.note("standard input", place)
    elif number > 2:
        try:
            path = looks.readlink(f"/proc/self/fd/{number}")
        except OSError:
            path = ""
        # One of a file was opened by its name first, or came from whoever started this process.
        if path.startswith("/") and not asking.is_pseudo(path):
            watch.opened.setdefault(Path(path), _status(path))
        else:
            watch.note("a file by its descriptor", place)


def _is_read(watch: Watch, path: str, mode: object, flags: object) -> bool:
    """Whether what is opened is read; whether something was there already tells the models something as well."""
    number = flags if isinstance(flags, int) else 0
    exclusive = (isinstance(mode, str) and "x" in mode) or number & os.O_EXCL
    if exclusive:
        if place := asking.author(3, discreet=True):
            watch.note(f"whether {path} could be created", place)
        return False
    if isinstance(mode, str):
        return bool(set(mode) & {"r", "+"})
    return number & os.O_ACCMODE != os.O_WRONLY if hasattr(os, "O_ACCMODE") else not number & os.O_WRONLY


def _listed(watch: Watch, kind: str, name: object) -> None:
    # The import system lists every folder that it searches; what it could find there is the memo's affair.
    if sys._getframe(2).f_code.co_filename.startswith("<frozen importlib"):
        return
    path = _absolute("." if name is None else name)
    if isinstance(name, int):
        with suppress(OSError):
            path = looks.readlink(f"/proc/self/fd/{name}")
        if path is None and (place := asking.author(2)):
            watch.note("a folder by its descriptor", place)
    if path is None or asking.is_ours(2):
        return
    if asking.is_pseudo(path):
        if place := asking.author(2):
            watch.note(path, place)
        return
    with _silently():
        watch.looks.setdefault((kind, path), looks.look(kind, path))
    if not is_foreign(path) and asking.author(2):
        watch.opened.setdefault(Path(path), _status(path))


@contextmanager
def _silently() -> Iterator[None]:
    _inside.busy = True
    try:
        yield
    finally:
        _inside.busy = False


def _status(path: str) -> os.stat_result | None:
    with _silently():
        try:
            return os.stat(path)  # noqa: PTH116 (once per file of a thousand)
        except OSError:
            return None


def _absolute(name: object) -> str | None:
    if isinstance(name, os.PathLike):
        name = os.fspath(name)
    # An empty name is no path: it is never there.
    if not isinstance(name, str | bytes) or not name:
        return None
    return os.path.abspath(os.fsdecode(name))  # noqa: PTH100 (resolve() would open directories and follow links)


def _environments() -> list[Any]:
    return [os.environ, os.environb] if hasattr(os, "environb") else [os.environ]


@contextmanager
def _connections() -> Iterator[None]:
    """A database driver connects in native code, without an audit event; SQLAlchemy asks each of them by this event."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def connecting(*_: Any) -> None:
        _told("a database connection")

    event.listen(Engine, "do_connect", connecting)
    originals: list[tuple[Any, Any]] = []
    for name in ("psycopg", "psycopg2"):
        module: Any = sys.modules.get(name)
        if module is not None:
            originals.append((module, module.connect))
            module.connect = substitutes.telling(module.connect, f"{name}.connect", _told)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", connecting)
        for module, original in originals:
            module.connect = original
