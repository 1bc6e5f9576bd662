"""Who asks: the author's line on the stack, as against a library's own import or this tool."""

from __future__ import annotations

import os
import re
import sys
import threading
from functools import cache
from pathlib import Path

_FOREIGN_FOLDERS = re.compile(r"/(?:site-packages|dist-packages|__pycache__|node_modules|\.git)(?:/|$)")
_SYSTEM_FOLDERS = ("/proc/", "/sys/", "/dev/", f"{sys.base_prefix}/lib/", f"{sys.prefix}/lib/")
# Of the devices, the one that is a folder of files like any other.
_MEMORY = "/dev/shm/"
_PLUGIN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep  # noqa: PTH100, PTH120 (once per process)
_WATCHING = (
    *("audit_events", "call_stack", "clock_types", "command_input", "file_looks", "substitute", "substitutes"),
    *("import_trace", "import_watch", "watched_environment"),
)
_WATCHERS = tuple(f"{_PLUGIN}models{os.sep}{name}.py" for name in _WATCHING)
_LANGUAGE = f"{_PLUGIN}models{os.sep}language{os.sep}"
_IMPORT = "<frozen importlib"
# What they ask the clock or a random generator for (a record's time, a time-out, a free name) never comes back to the caller.
_LIBRARY = os.path.dirname(os.__file__)  # noqa: PTH120
_DISCREET = tuple(
    os.path.join(_LIBRARY, name)  # noqa: PTH118
    for name in (
        "logging/",
        "asyncio/",
        "concurrent/",
        "threading.py",
        "queue.py",
        "tempfile.py",
        "selectors.py",
        "runpy.py",
    )
)


def is_foreign(path: str | Path) -> bool:
    """Whether a file belongs to an installed library, the standard library or the system."""
    # As text: a process has a thousand modules, and a Path for each costs more than all else that `load` adds.
    text = path if isinstance(path, str) else path.as_posix()
    system = text.startswith(_SYSTEM_FOLDERS) and not text.startswith(_MEMORY)
    return system or _FOREIGN_FOLDERS.search(text) is not None


def is_pseudo(path: str) -> bool:
    """Whether a path is no file but a window into the system, whose content has no time of change."""
    return f"{path}/".startswith(("/proc/", "/sys/", "/dev/")) and not f"{path}/".startswith(_MEMORY)


def in_project(path: Path, root: Path) -> bool:
    """Whether a file belongs to the project: below its root, in no installed package."""
    return path.is_relative_to(root) and not _FOREIGN_FOLDERS.search(path.as_posix())


def author(depth: int = 1, *, discreet: bool = False) -> str | None:
    """`file:line` of the author's line that asked, directly or through a library's function; None for a library's own
    import and for this tool. With `discreet` what logging and the like ask for themselves counts as theirs."""
    frame = sys._getframe(depth + 1)
    while frame is not None:
        kind = _kind(frame.f_code.co_filename)
        if kind == "author":
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        # Above this tool is whoever started it.
        if kind in ("import", "tool") or (discreet and kind == "discreet"):
            return None
        frame = frame.f_back  # type: ignore[assignment]
    return None if threading.current_thread() is threading.main_thread() else "a thread of the models"


def is_ours(depth: int = 1) -> bool:
    """Whether this tool asks for itself: no line of the author's or of a library stands between."""
    frame = sys._getframe(depth + 1)
    while frame is not None:
        kind = _kind(frame.f_code.co_filename)
        if kind != "standard":
            return kind == "tool"
        frame = frame.f_back  # type: ignore[assignment]
    return False


@cache
def _kind(name: str) -> str:
    if name.startswith(_IMPORT):
        return "import"
    if name.startswith((*_DISCREET, "<frozen runpy>")):
        return "discreet"
    if name.startswith((*_WATCHERS, "<")):
        return "standard"
    if name.startswith(_PLUGIN):
        return "library" if name.startswith(_LANGUAGE) else "tool"
    if name.startswith(_LIBRARY) and not _FOREIGN_FOLDERS.search(name):
        return "standard"
    return "library" if is_foreign(name) else "author"
