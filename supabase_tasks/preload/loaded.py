"""The files that this process has in memory as modules: another content on disk makes it another world."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress

from supabase_tasks.looks import signature_of

# This tool's own files are part of the helper's name (`key`).
_PLUGIN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep  # noqa: PTH100, PTH120 (once per process)


def signatures() -> dict[str, str]:
    """What `stat` tells of the file of every module; one that is gone has none."""
    found = {}
    for module in list(sys.modules.values()):
        name = getattr(module, "__file__", None)
        if isinstance(name, str) and not name.startswith(_PLUGIN):
            found[name] = _signature(name)
    return found


def steady(known: Iterable[str], began: int) -> bool:
    """Whether none of the files changed since `began` (nanoseconds since the epoch): what is in memory may be older."""
    for name in known:
        with suppress(OSError):
            found = os.stat(name)  # noqa: PTH116 (once per module of a thousand)
            if max(found.st_mtime_ns, found.st_ctime_ns) >= began:
                return False
    return True


def are_unchanged(known: Mapping[str, str]) -> bool:
    """Whether each file is what `signatures` found it to be."""
    return all(_signature(name) == signature for name, signature in known.items())


def _signature(name: str) -> str:
    try:
        return signature_of(os.stat(name))  # noqa: PTH116 (once per module of a thousand)
    except OSError:
        return ""
