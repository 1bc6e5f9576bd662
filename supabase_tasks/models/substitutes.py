"""Functions without an audit event, watched while the models are imported: looks at files, the clock, the dice.

Each stands in the module's name for the original, which it calls. `from os import stat` in a module of the models is seen
for that reason, and in a library that was imported before it is not.
"""

from __future__ import annotations

import datetime
import gc
import importlib
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from types import CodeType
from typing import Any

from supabase_tasks import looks
from supabase_tasks.models import unseen

# `told(what)`: the author's line asked for something that cannot be remembered.
Told = Callable[..., None]
# `looked(kind, path, answer)`: something was learnt of a path.
Looked = Callable[[str, str, str], None]
# `started(thread)`: this thread starts another one.
Started = Callable[[threading.Thread], None]


class Substitute:
    """A function in another's place: equal to it in sets and tables such as `os.supports_fd`, and bound by no class."""

    def __init__(self, original: Callable[..., Any], call: Callable[..., Any]) -> None:
        self.__wrapped__ = original
        self.__name__ = getattr(original, "__name__", "")
        self.__qualname__ = getattr(original, "__qualname__", self.__name__)
        self.__module__ = getattr(original, "__module__", "")
        self.__doc__ = original.__doc__
        self._call = call

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._call(*arguments, **options)

    def __eq__(self, other: object) -> bool:
        return self is other or self.__wrapped__ == other or self.__wrapped__ == getattr(other, "__wrapped__", None)

    def __hash__(self) -> int:
        return hash(self.__wrapped__)

    def __reduce__(self) -> Any:
        return (getattr, (importlib.import_module(self.__module__), self.__name__))


@contextmanager
def in_place(told: Told, looked: Looked, started: Started) -> Iterator[None]:
    """Inside the block the functions tell; outside it everything is as it was."""
    with ExitStack() as stack:
        for table in (unseen.CLOCKS, unseen.DICE, unseen.PROCESS):
            for module, names in table.items():
                _each(stack, module, dict.fromkeys(names), told)
        for module, fixed in unseen.CALENDARS.items():
            _each(stack, module, fixed, told)
        _put(stack, os, "stat", _stat(os.stat, looks.STATUS, looked, told))
        _put(stack, os, "lstat", _stat(os.lstat, looks.LINK_STATUS, looked, told))
        _put(stack, os, "fstat", _fstat(os.fstat, looked, told))
        _put(stack, os, "readlink", _readlink(os.readlink, looked))
        _put(stack, os, "access", _access(os.access, looked))
        _put(stack, os, "open", _open(os.open, told))
        _put(stack, os, "read", _read(os.read, told))
        _put(stack, random.Random, "seed", _seed(random.Random.seed, told))
        _put(stack, threading.Thread, "start", _start(threading.Thread.start, started))
        stack.enter_context(_arguments(told))
        stack.enter_context(_input(told))
        stack.enter_context(_calendar(told))
        yield


def _put(stack: ExitStack, owner: Any, name: str, value: Any) -> None:
    before = getattr(owner, name)
    setattr(owner, name, value)

    def back() -> None:
        # The models may have put something of their own there.
        if getattr(owner, name, None) is value:
            setattr(owner, name, before)

    stack.callback(back)


def _each(stack: ExitStack, module: str, names: Mapping[str, int | None], told: Told) -> None:
    # Not every system has every module, and none of them is worth an import: a module that is imported later takes what
    # it needs from those that are here.
    with suppress(ImportError):
        owner = importlib.import_module(module)
        for name, enough in names.items():
            original = getattr(owner, name, None)
            if callable(original):
                _put(stack, owner, name, telling(original, f"{module}.{name}", told, enough))


def telling(original: Any, what: str, told: Told, enough: int | None = None) -> Substitute:
    spoken = unseen.SPOKEN.get(what, what)

    def call(*arguments: Any, **options: Any) -> Any:
        if enough is None or len(arguments) < enough:
            told(spoken, discreet=True)
        return original(*arguments, **options)

    return Substitute(original, call)


def _asks_less() -> dict[CodeType, str]:
    """Functions of the standard library that ask for a status and tell less of it, by their code."""
    import genericpath
    import importlib.metadata
    import pathlib
    import posixpath

    found = {}
    for owner, kind, names in (
        (genericpath, looks.TYPE, ("exists", "isfile", "isdir", "isjunction", "isdevdrive")),
        (posixpath, looks.LINK, ("lexists", "islink", "realpath", "_joinrealpath", "isjunction")),
        (genericpath, looks.LINK, ("lexists", "islink")),
        (pathlib.Path, looks.TYPE, ("exists", "is_file", "is_dir", "resolve")),
        (pathlib.Path, looks.LINK, ("is_symlink", "readlink")),
    ):
        for name in names:
            code = getattr(getattr(owner, name, None), "__code__", None)
            if code is not None:
                found[code] = kind
    # It only asks whether its own copy of a listing is still good; the listing is noted for itself.
    if (fast := getattr(importlib.metadata, "FastPath", None)) is not None:
        found[fast.mtime.fget.__code__] = looks.TYPE
    for name in ("stat", "lstat"):
        found[getattr(pathlib.Path, name).__code__] = ""
    return found


def _kind(less: dict[CodeType, str], kind: str) -> str:
    frame = sys._getframe(3)
    asked = less.get(frame.f_code)
    if asked == "" and frame.f_back is not None:
        asked = less.get(frame.f_back.f_code)
    return asked or kind


def _stat(original: Any, kind: str, looked: Looked, told: Told) -> Substitute:
    less = _asks_less()

    def call(path: Any, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> Any:
        options: dict[str, Any] = {} if dir_fd is None else {"dir_fd": dir_fd}
        if not follow_symlinks:
            options["follow_symlinks"] = False
        if isinstance(path, int) or dir_fd is not None:
            _by_descriptor(path, dir_fd, looked, told)
            return original(path, **options)
        meant = _kind(less, kind if follow_symlinks else looks.LINK_STATUS)
        try:
            found = original(path, **options)
        except OSError as error:
            looked(meant, path, looks.failure(error))
            raise
        looked(meant, path, looks.look(meant, path) if meant == looks.LINK else looks.answer(meant, found))
        return found

    return Substitute(original, call)


def _by_descriptor(path: Any, folder: int | None, looked: Looked, told: Told) -> None:
    """A look through an open file: at the place it has in the file system, where the system tells that."""
    try:
        place = looks.readlink(f"/proc/self/fd/{path if folder is None else folder}")
    except OSError:
        told("a file by its descriptor")
        return
    if folder is not None and isinstance(path, str):
        place = f"{place}/{path}"
    if place.startswith("/"):
        looked(looks.STATUS, place, looks.look(looks.STATUS, place))
    else:
        told("a file by its descriptor")


def _fstat(original: Any, looked: Looked, told: Told) -> Substitute:
    def call(descriptor: int) -> Any:
        _by_descriptor(descriptor, None, looked, told)
        return original(descriptor)

    return Substitute(original, call)


def _readlink(original: Any, looked: Looked) -> Substitute:
    def call(path: Any, *, dir_fd: int | None = None) -> Any:
        looked(looks.LINK, path, looks.look(looks.LINK, path))
        return original(path, dir_fd=dir_fd)

    return Substitute(original, call)


def _access(original: Any, looked: Looked) -> Substitute:
    def call(path: Any, mode: int, **options: Any) -> bool:
        found: bool = original(path, mode, **options)
        looked(f"{looks.ACCESS}{mode}", path, str(found))
        return found

    return Substitute(original, call)


def _open(original: Any, told: Told) -> Substitute:
    def call(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> Any:
        if dir_fd is not None:
            told("os.open(dir_fd=…)")
        return original(path, flags, mode, dir_fd=dir_fd)

    return Substitute(original, call)


def _read(original: Any, told: Told) -> Substitute:
    def call(descriptor: int, size: int) -> Any:
        if descriptor == 0:
            told("standard input")
        return original(descriptor, size)

    return Substitute(original, call)


def _seed(original: Any, told: Told) -> Any:
    # A function: methods are bound to their instance.
    def seed(self: random.Random, a: Any = None, version: int = 2) -> None:
        if a is None:
            told("random numbers", discreet=True)
        original(self, a, version)

    return seed


def _start(original: Any, started: Started) -> Any:
    def start(self: threading.Thread) -> None:
        started(self)
        original(self)

    return start


class _Arguments(list):  # type: ignore[type-arg]
    """`sys.argv` while it is watched."""

    told: Told

    def __getitem__(self, key: Any) -> Any:
        self.told("sys.argv", discreet=True)
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        self.told("sys.argv", discreet=True)
        return super().__iter__()

    def __contains__(self, item: object) -> bool:
        self.told("sys.argv", discreet=True)
        return super().__contains__(item)

    def __len__(self) -> int:
        self.told("sys.argv", discreet=True)
        return super().__len__()


@contextmanager
def _arguments(told: Told) -> Iterator[None]:
    before = sys.argv
    watched = _Arguments(before)
    watched.told = told
    sys.argv = watched
    try:
        yield
    finally:
        if sys.argv is watched:
            before[:] = list.copy(watched)
            sys.argv = before


class _Input:
    """`sys.stdin` while it is watched."""

    def __init__(self, stream: Any, told: Told) -> None:
        self._stream = stream
        self._told = told

    def __getattr__(self, name: str) -> Any:
        self._told("sys.stdin")
        return getattr(self._stream, name)

    def __iter__(self) -> Any:
        self._told("sys.stdin")
        return iter(self._stream)


@contextmanager
def _input(told: Told) -> Iterator[None]:
    before = sys.stdin
    watched: Any = _Input(before, told)
    sys.stdin = watched
    try:
        yield
    finally:
        if sys.stdin is watched:
            sys.stdin = before


@contextmanager
def _calendar(told: Told) -> Iterator[None]:
    """`datetime.now` and its like belong to a type that is closed to assignment, though not its dictionary: a subclass in
    its place would be another type to everyone who asks which type a column has."""
    import ctypes

    changed: list[tuple[Any, dict[str, Any], str, Any]] = []

    def modified(owner: Any) -> None:
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(owner))

    for owner, names in ((datetime.datetime, ("now", "utcnow")), (datetime.date, ("today",))):
        (inside,) = gc.get_referents(owner.__dict__)
        for name in names:
            changed.append((owner, inside, name, inside[name]))
            inside[name] = classmethod(_telling_method(inside[name], f"{owner.__name__}.{name}", told))
        modified(owner)
    try:
        yield
    finally:
        for owner, inside, name, original in changed:
            inside[name] = original
            modified(owner)


def _telling_method(original: Any, what: str, told: Told) -> Callable[..., Any]:
    def method(cls: Any, *arguments: Any, **options: Any) -> Any:
        told(what, discreet=True)
        return original.__get__(None, cls)(*arguments, **options)

    return method
