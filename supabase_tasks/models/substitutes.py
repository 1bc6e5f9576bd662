"""Functions without an audit event, watched while the models are imported: looks at files, the clock, random numbers.

Each stands in the module's name for the original, which it calls. `from os import stat` in a module of the models is seen
for that reason, and in a library that was imported before it is not.
"""

from __future__ import annotations

import importlib
import os
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from supabase_tasks import looks
from supabase_tasks.models import clock_types, command_input, file_looks, volatile
from supabase_tasks.models.clock_types import Note
from supabase_tasks.models.file_looks import NoteLook
from supabase_tasks.models.substitute import Substitute

# `note_thread(thread)`: this thread starts another one.
NoteThread = Callable[[threading.Thread], None]


@contextmanager
def in_place(note: Note, note_look: NoteLook, note_thread: NoteThread) -> Iterator[None]:
    """Inside the block the functions tell; outside it everything is as it was."""
    with ExitStack() as stack:
        for table in (volatile.CLOCKS, volatile.DICE, volatile.PROCESS, volatile.BELOW):
            for module, names in table.items():
                _each(stack, module, dict.fromkeys(names), note)
        for module, fixed in volatile.CALENDARS.items():
            _each(stack, module, fixed, note)
        put(stack, os, "stat", file_looks.stat(os.stat, looks.STATUS, note_look, note))
        put(stack, os, "lstat", file_looks.stat(os.lstat, looks.LINK_STATUS, note_look, note))
        put(stack, os, "fstat", file_looks.fstat(os.fstat, note_look, note))
        put(stack, os, "readlink", file_looks.readlink(os.readlink, note_look))
        put(stack, os, "access", file_looks.access(os.access, note_look))
        put(stack, os, "open", file_looks.open_file(os.open, note))
        put(stack, os, "read", file_looks.read(os.read, note))
        put(stack, random.Random, "seed", _seed(random.Random.seed, note))
        put(stack, threading.Thread, "start", _start(threading.Thread.start, note_thread))
        for name in ("argv", "orig_argv"):
            stack.enter_context(command_input.arguments(note, name))
        for name in ("stdin", "__stdin__"):
            stack.enter_context(command_input.stream(note, name))
        stack.enter_context(clock_types.in_place(note))
        yield


def put(stack: ExitStack, owner: Any, name: str, value: Any, before: Any = None) -> None:
    """Have `value` in the name's place until `stack` is closed; `before` is what comes back, when it is not what
    `getattr` gives (a class method)."""
    before = getattr(owner, name) if before is None else before
    setattr(owner, name, value)

    def back() -> None:
        # The models may have put something of their own there.
        if vars(owner).get(name) is value:
            setattr(owner, name, before)

    stack.callback(back)


def _each(stack: ExitStack, module: str, names: Mapping[str, int | None], note: Note) -> None:
    # Not every system has every module, and none of them is worth an import: a module that is imported later takes what
    # it needs from those that are here.
    with suppress(ImportError):
        owner = importlib.import_module(module)
        for name, enough in names.items():
            original = getattr(owner, name, None)
            if callable(original):
                put(stack, owner, name, telling(original, f"{module}.{name}", note, enough))


def telling(original: Any, what: str, note: Note, enough: int | None = None) -> Substitute:
    """`original`, which tells first; not when it is called with `enough` arguments."""
    spoken = volatile.SPOKEN.get(what, what)

    def call(*arguments: Any, **options: Any) -> Any:
        if enough is None or len(arguments) < enough:
            note(spoken, discreet=True)
        return original(*arguments, **options)

    return Substitute(original, call)


def _seed(original: Any, note: Note) -> Any:
    # A function: methods are bound to their instance.
    def seed(self: random.Random, a: Any = None, version: int = 2) -> None:
        if a is None:
            note("random numbers", discreet=True)
        original(self, a, version)

    return seed


def _start(original: Any, note_thread: NoteThread) -> Any:
    def start(self: threading.Thread) -> None:
        note_thread(self)
        original(self)

    return start
