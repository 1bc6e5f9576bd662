"""Which of a server's own extensions have a library that the system's loader cannot load."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from supabase_tasks import process

_LIBRARY = re.compile(r"'(?:\$libdir/)?([\w.-]+)'")
_MODULE = re.compile(r"^\s*module_pathname\s*=\s*(.+)$", re.MULTILINE)
_SUFFIXES = (".so", ".dylib", ".dll")
_SECONDS = 60.0
# A library of PostgreSQL's also needs symbols of the server program, which is not there: that is said in other words.
_PROBE = """
import ctypes, os, sys
MISSING = ("cannot open shared object", "Error loading shared library", "Library not loaded")
for path in sys.argv[1:]:
    try:
        ctypes.CDLL(path, mode=os.RTLD_LAZY | os.RTLD_LOCAL)
    except OSError as error:
        if any(word in str(error) for word in MISSING):
            print(path)
"""


def broken_extensions(folder: Path, modules: Path, names: Iterable[str]) -> frozenset[str]:
    """Those extensions of `names` with a control file in `folder` (`share/extension`) whose library in `modules` needs
    another library that this machine does not have. They are tried in a process of their own."""
    libraries = {name: path for name in names if (path := _library(folder / f"{name}.control", modules)) is not None}
    if not libraries:
        return frozenset()
    found = _not_loading([str(path) for path in libraries.values()])
    return frozenset(name for name, path in libraries.items() if str(path) in found)


def _library(control: Path, modules: Path) -> Path | None:
    if not control.exists():
        return None
    module = _MODULE.search(control.read_text(encoding="utf-8"))
    named = _LIBRARY.search(module[1]) if module else None
    stem = named[1] if named else control.stem
    return next((path for suffix in _SUFFIXES if (path := modules / f"{stem}{suffix}").exists()), None)


def _not_loading(paths: Sequence[str]) -> set[str]:
    shown = process.run([sys.executable, "-I", "-c", _PROBE, *paths], timeout=_SECONDS)
    return set(shown.stdout.splitlines())
