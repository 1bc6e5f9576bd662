"""What holds for a whole run and must be the same for a memo to be asked at all: it names the memo's file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from supabase_tasks.files import digest
from supabase_tasks.memo import stamps
from supabase_tasks.settings import Settings

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_LIBRARY_FOLDERS = ("site-packages", "dist-packages")
_LIBRARY_MARKS = (".dist-info", ".egg-info", ".egg-link", ".pth")
_INTERPRETER_VARIABLES = ("PYTHONPATH", "PYTHONHOME", "PYTHONOPTIMIZE", "PYTHONUTF8")


def context(settings: Settings) -> str:
    """A digest of the settings, the interpreter, the installed libraries, this plugin's own files and the folder we are
    in (models may read relative paths)."""
    return digest(
        repr(settings),
        sys.version,
        os.path.realpath(sys.executable),
        sys.prefix,
        repr(sys.flags),
        os.getcwd(),
        *(os.environ.get(name, "") for name in _INTERPRETER_VARIABLES),
        *_libraries(),
        stamps.tree_signature(_PACKAGE),
    )


def _libraries() -> Iterator[str]:
    """Name, version and time of every installed distribution: a reinstall of the same version counts as a change.

    Only the marks that installers leave are read (`importlib.metadata` would open a file per distribution).
    """
    for folder in dict.fromkeys(sys.path):
        if os.path.basename(folder) in _LIBRARY_FOLDERS and os.path.isdir(folder):
            yield folder
            with os.scandir(folder) as entries:
                marks = [entry for entry in entries if entry.name.endswith(_LIBRARY_MARKS)]
            for entry in sorted(marks, key=lambda entry: entry.name):
                yield entry.name
                yield str(entry.stat().st_mtime_ns)
