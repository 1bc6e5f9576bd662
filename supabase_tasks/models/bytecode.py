"""Bytecode that may be older than its source.

Python takes a `.pyc` for current when it names the source's size and its time in whole seconds (PEP 3147, importlib's
`SourceFileLoader.path_stats`). A file saved twice within a second at the same length is then imported as it was at
first: an editor does that, and an agent does it often.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.models.call_stack import is_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping


@contextmanager
def ignore_stale_bytecode() -> Iterator[None]:
    """Inside the block the project's modules never come from bytecode written in the second their source changed."""
    original = SourceFileLoader.path_stats

    def path_stats(loader: SourceFileLoader, path: str) -> Mapping[str, Any]:
        found = original(loader, path)
        if not is_foreign(path):
            _drop_doubtful(path, int(found["mtime"]))
        return found

    SourceFileLoader.path_stats = path_stats  # type: ignore[assignment]
    try:
        yield
    finally:
        SourceFileLoader.path_stats = original  # type: ignore[method-assign]


def _drop_doubtful(path: str, changed: int) -> None:
    """Raises `OSError` while the second lasts, or where the bytecode cannot be removed: the import system then reads
    the source and writes no bytecode."""
    cached = cache_from_source(path)
    with suppress(FileNotFoundError):
        if os.stat(cached).st_mtime >= changed + 1:  # noqa: PTH116 (once per module of a thousand)
            return
        Path(cached).unlink()
    if time.time() < changed + 1:
        raise OSError(f"{path} may change again within this second")
