"""The command line and standard input, watched while the models are imported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from supabase_tasks.models.clock_types import Note

_CHANGING = frozenset(("__setitem__", "__delitem__", "append", "clear", "extend", "insert", "__iadd__", "__imul__"))
_MADE = frozenset(
    ("__new__", "__init__", "__class__", "__getattribute__", "__hash__", "__init_subclass__", "__subclasshook__")
)


class _Arguments(list):  # type: ignore[type-arg]
    """`sys.argv` or `sys.orig_argv` while it is watched: whatever reads it tells."""

    note: Note
    name: str

    def __radd__(self, other: Any) -> Any:
        self.note(self.name, discreet=True)
        return [*other, *list.copy(self)]


def _telling(name: str) -> Callable[..., Any]:
    original = getattr(list, name)

    def call(self: _Arguments, *arguments: Any, **options: Any) -> Any:
        self.note(self.name, discreet=True)
        return original(self, *arguments, **options)

    return call


for _name in set(dir(list)) - _CHANGING - _MADE - set(dir(object)) | {"__eq__", "__ne__", "__repr__", "__str__"}:
    setattr(_Arguments, _name, _telling(_name))


@contextmanager
def arguments(note: Note, name: str) -> Iterator[None]:
    """Inside the block the list `sys.<name>` tells."""
    before = getattr(sys, name)
    watched = _Arguments(before)
    watched.note, watched.name = note, f"sys.{name}"
    setattr(sys, name, watched)
    try:
        yield
    finally:
        if getattr(sys, name) is watched:
            before[:] = list.copy(watched)
            setattr(sys, name, before)


class _Input:
    """`sys.stdin` while it is watched."""

    def __init__(self, stream: Any, note: Note) -> None:
        self._stream = stream
        self._note = note

    def __getattr__(self, name: str) -> Any:
        self._note("sys.stdin")
        return getattr(self._stream, name)

    def __iter__(self) -> Any:
        self._note("sys.stdin")
        return iter(self._stream)


@contextmanager
def stream(note: Note, name: str) -> Iterator[None]:
    """Inside the block the stream `sys.<name>` tells."""
    before = getattr(sys, name)
    watched: Any = _Input(before, note)
    setattr(sys, name, watched)
    try:
        yield
    finally:
        if getattr(sys, name) is watched:
            setattr(sys, name, before)
