"""Python's audit events while the models are imported (https://docs.python.org/3/library/audit_events.html)."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from supabase_tasks import looks
from supabase_tasks.models import call_stack, volatile
from supabase_tasks.models.import_trace import ImportTrace, absolute, active, current, silently, status

_LISTINGS = {"os.listdir": looks.NAMES, "os.scandir": looks.ENTRIES}
_NO_FILES = frozenset(("/dev/null", os.devnull))
# Events of changes in a file system, with the number of paths in front of their arguments.
_CHANGES = {
    **dict.fromkeys(
        ("os.mkdir", "os.rmdir", "os.remove", "os.truncate", "os.utime", "os.chmod", "os.chown", "os.chdir"), 1
    ),
    **dict.fromkeys(("os.rename", "os.link", "os.symlink"), 2),
}
_hooked = False


def listen() -> None:
    # An audit hook cannot be removed, so there is one for the process; it rests while nothing is watched.
    global _hooked
    if not _hooked:
        sys.addaudithook(_audit)
        _hooked = True


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not active:
        return
    trace = current()
    if trace is None:
        return
    if event == "open":
        _on_open(trace, *arguments)
    elif event in _LISTINGS:
        _on_listing(trace, _LISTINGS[event], arguments[0])
    elif event == "import":
        _on_import(trace, arguments[0], arguments[1])
    elif event in _CHANGES:
        _on_change(trace, event, arguments[: _CHANGES[event]])
    elif volatile.is_volatile(event) and (place := call_stack.author()):
        trace.note(event, place)


def _on_import(trace: ImportTrace, name: str, file: object) -> None:
    """Native code opens files without an event: the project's own, and that of libraries known for it."""
    if isinstance(file, str):
        if not call_stack.is_foreign(file):
            trace.note(f"{name}, native code", file)
    elif name.partition(".")[0] in volatile.NATIVE and (place := call_stack.author(2)):
        trace.note(f"{name}, which reads in native code", place)


def _on_open(trace: ImportTrace, name: object, mode: object, flags: object) -> None:
    if isinstance(name, int):
        _opened_descriptor(trace, name)
        return
    path = absolute(name)
    if path is None or not _is_read(trace, path, mode, flags):
        if path is not None:
            _on_change(trace, "open", (path,))
        return
    if f"{os.sep}__pycache__{os.sep}" in path and call_stack.author(3) is None:
        # The import system reads bytecode, which stands for its source.
        with suppress(ValueError):
            trace.sources.add(source_from_cache(path))
        return
    if call_stack.is_pseudo(path):
        if path not in _NO_FILES and (place := call_stack.author(2)):
            trace.note(path, place)
        return
    found = status(path)
    if found is not None and not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        if place := call_stack.author(2):
            trace.note(path, place)
        return
    if call_stack.is_ours(2):
        return
    trace.opened.setdefault(Path(path), found)


def _opened_descriptor(trace: ImportTrace, number: int) -> None:
    place = call_stack.author(3)
    if place is None:
        return
    if number == 0:
        trace.note("standard input", place)
    elif number > 2:
        try:
            path = looks.readlink(f"/proc/self/fd/{number}")
        except OSError:
            path = ""
        # One of a file was opened by its name first, or came from whoever started this process.
        if path.startswith("/") and not call_stack.is_pseudo(path):
            trace.opened.setdefault(Path(path), status(path))
        else:
            trace.note("a file by its descriptor", place)


def _is_read(trace: ImportTrace, path: str, mode: object, flags: object) -> bool:
    """Whether what is opened is read; whether something was there already tells the models something as well."""
    number = flags if isinstance(flags, int) else 0
    exclusive = (isinstance(mode, str) and "x" in mode) or number & os.O_EXCL
    if exclusive:
        if place := call_stack.author(3, discreet=True):
            trace.note(f"whether {path} could be created", place)
        return False
    if isinstance(mode, str):
        # Where writing goes on (`tell`) is known to whoever appends; logging keeps it to itself.
        appended = "a" in mode and call_stack.author(3, discreet=True) is not None
        return appended or bool(set(mode) & {"r", "+"})
    return number & os.O_ACCMODE != os.O_WRONLY if hasattr(os, "O_ACCMODE") else not number & os.O_WRONLY


def _on_listing(trace: ImportTrace, kind: str, name: object) -> None:
    # The import system lists every folder that it searches; what it could find there is the memo's affair.
    if sys._getframe(2).f_code.co_filename.startswith("<frozen importlib"):
        return
    path = absolute("." if name is None else name)
    if isinstance(name, int):
        with suppress(OSError):
            path = looks.readlink(f"/proc/self/fd/{name}")
        if path is None and (place := call_stack.author(2)):
            trace.note("a folder by its descriptor", place)
    # `pkgutil.iter_modules` lists the folder of bytecode too, which the import itself fills.
    if path is None or path.endswith(f"{os.sep}__pycache__") or call_stack.is_ours(2):
        return
    if call_stack.is_pseudo(path):
        if place := call_stack.author(2):
            trace.note(path, place)
        return
    with silently():
        trace.looks.setdefault((kind, path), looks.look(kind, path))
    if not call_stack.is_foreign(path) and call_stack.author(2):
        trace.opened.setdefault(Path(path), status(path))


def _on_change(trace: ImportTrace, event: str, names: tuple[object, ...]) -> None:
    """A change tells whether it could be made: what was there before it is noted."""
    place = call_stack.author(2, discreet=True)
    if place is None:
        return
    for name in names:
        path = absolute(name)
        if path is None:
            trace.note(f"{event} by a descriptor", place)
        elif not call_stack.is_pseudo(path) and f"{os.sep}__pycache__" not in path:
            # The folder of bytecode comes with the import itself.
            with silently():
                for one in (path, os.path.dirname(path)):  # noqa: PTH120 (as for every other file)
                    trace.looks.setdefault((looks.TYPE, one), looks.look(looks.TYPE, one))
