"""What is seen of an import while it is watched, and which trace a thread answers to.

Watched are the thread that imports, whenever the models' own code runs in it, and every thread that the models start.
Other threads are ours: one starts a server meanwhile.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakSet

from supabase_tasks.models import call_stack
from supabase_tasks.models.declaration import Origin

# A name in `variables` that stands for all of them.
EVERY_VARIABLE = "*"
_NO_FILES = frozenset(("/dev/null", os.devnull))
# Every `resolve` of a path below them looks at them too.
_ROOTS = frozenset(("/dev", "/proc", "/sys"))


@dataclass
class ImportTrace:
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
    untracked_inputs: dict[str, str] = field(default_factory=dict)
    threads: WeakSet[threading.Thread] = field(default_factory=WeakSet)
    dice: Any = field(default_factory=random.getstate, repr=False)

    def owns(self, path: Path) -> bool:
        """Whether a file belongs to the project: below its root, in no installed package."""
        return call_stack.in_project(path, self.root)

    def note(self, what: str, place: str) -> None:
        """Something that cannot be remembered was asked for at `place`; the first one of a kind is told."""
        shown = place.removeprefix(f"{self.root}/")
        self.untracked_inputs.setdefault(what, shown)

    def untracked_lines(self) -> list[str]:
        """Each of `untracked_inputs` with its place."""
        # The functions of `random` are in many a library under a name of its own; the state is one for all.
        if random.getstate() != self.dice:
            self.note("random", "the models, or a library of theirs")
        return [f"{what} ({place})" for what, place in sorted(self.untracked_inputs.items())]


active: list[ImportTrace] = []
# Set in a thread while it looks for us.
_inside = threading.local()


def current() -> ImportTrace | None:
    if not active or getattr(_inside, "busy", False):
        return None
    trace = active[-1]
    thread = threading.get_ident()
    if thread == trace.thread:
        return trace if trace.awake else None
    # Not current_thread(): that makes one where there is none.
    return trace if threading._active.get(thread) in trace.threads else None  # type: ignore[attr-defined]


def note(what: str, *, discreet: bool = False) -> None:
    """See `substitutes.Note`."""
    trace = current()
    if trace is not None:
        place = call_stack.author(2, discreet=discreet)
        if place is not None:
            trace.note(what, place)


def note_look(kind: str, name: Any, answer: str) -> None:
    """See `substitutes.NoteLook`."""
    trace = current()
    path = absolute(name) if trace is not None else None
    if trace is None or path is None or call_stack.is_ours(2):
        return
    if call_stack.is_pseudo(path) and path not in _ROOTS:
        if path not in _NO_FILES and (place := call_stack.author(2)):
            trace.note(path, place)
    elif trace.looks.setdefault((kind, path), answer) != answer:
        trace.note(f"{path}, which changed meanwhile", call_stack.author(2) or "a library")


def note_thread(thread: threading.Thread) -> None:
    """See `substitutes.NoteThread`."""
    trace = current()
    if trace is not None and call_stack.author(2):
        trace.threads.add(thread)


@contextmanager
def silently() -> Iterator[None]:
    _inside.busy = True
    try:
        yield
    finally:
        _inside.busy = False


def status(path: str) -> os.stat_result | None:
    with silently():
        try:
            return os.stat(path)  # noqa: PTH116 (once per file of a thousand)
        except OSError:
            return None


def absolute(name: object) -> str | None:
    if isinstance(name, os.PathLike):
        name = os.fspath(name)
    # An empty name is no path: it is never there.
    if not isinstance(name, str | bytes) or not name:
        return None
    return os.path.abspath(os.fsdecode(name))  # noqa: PTH100 (resolve() would open directories and follow links)
