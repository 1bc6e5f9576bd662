"""Locks between processes: one at a time may change a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supabase_tasks.errors import DatabaseError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on the file `path` (made when missing); waits for its holder.

    The kernel drops the lock when the process ends, however it ends, so a lock is never stale. Raises `DatabaseError`
    when the file cannot be made.
    """
    import fcntl

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("a")
    except OSError as error:
        raise unwritable(path, error) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def unwritable(path: Path, error: OSError) -> DatabaseError:
    """The error for a state folder that cannot be written (read-only, full, foreign)."""
    return DatabaseError(
        f"the state folder cannot be written: {path}",
        cause=error.strerror or str(error),
        next_step="free some space there, or choose another folder with SUPABASE_TASKS_CACHE",
        code="state-unwritable",
    )
