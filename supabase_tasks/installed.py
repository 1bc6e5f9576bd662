"""What this process runs on, as one digest: interpreter, installed libraries, this tool's own files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from supabase_tasks.files import digest
from supabase_tasks.looks import signature_of

PACKAGE = os.path.dirname(os.path.abspath(__file__))
LIBRARY_FOLDERS = frozenset(("site-packages", "dist-packages"))
_LIBRARY_MARKS = (".dist-info", ".egg-info", ".egg-link", ".pth")
_INTERPRETER_VARIABLES = ("PYTHONPATH", "PYTHONHOME", "PYTHONOPTIMIZE", "PYTHONUTF8")


def signature() -> str:
    """A digest that differs after an upgrade of the interpreter, of a library or of this tool.

    A library edited in place, without an installer, is for the memo and the helper to notice; this tool's own files
    are all looked at.
    """
    return digest(
        sys.version,
        # `inv` and `python` of one environment are the same interpreter under two names.
        os.path.realpath(sys.executable),
        sys.prefix,
        repr(sys.flags),
        *(os.environ.get(name, "") for name in _INTERPRETER_VARIABLES),
        *_libraries(),
        *_own_files(PACKAGE),
    )


def _libraries() -> Iterator[str]:
    """Name, version and time of every installed distribution: a reinstall of the same version counts as a change.

    Only the marks that installers leave are read (`importlib.metadata` would open a file per distribution).
    """
    for folder in dict.fromkeys(sys.path):
        if os.path.basename(folder) in LIBRARY_FOLDERS and os.path.isdir(folder):
            yield folder
            with os.scandir(folder) as entries:
                marks = [entry for entry in entries if entry.name.endswith(_LIBRARY_MARKS)]
            for entry in sorted(marks, key=lambda entry: entry.name):
                yield entry.name
                yield signature_of(entry.stat())


def _own_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _own_files(entry.path)
        else:
            status = entry.stat()
            yield entry.path
            yield signature_of(status)
