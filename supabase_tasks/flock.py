"""`flock(2)` on an open file: the kernel drops it when the last process that has the file open ends."""

from __future__ import annotations

from supabase_tasks.errors import TaskError


def lock_exclusive(descriptor: int) -> None:
    """Wait for the exclusive lock of the file. Raises `OSError`, and `TaskError` on a system without such locks."""
    _flock(descriptor, "LOCK_EX")


def try_lock_exclusive(descriptor: int) -> bool:
    """Whether we have the exclusive lock, without waiting for another holder. Raises as `lock_exclusive` does."""
    try:
        _flock(descriptor, "LOCK_EX", "LOCK_NB")
    except BlockingIOError:
        return False
    return True


def lock_shared(descriptor: int) -> None:
    """Wait for the shared lock of the file. Raises as `lock_exclusive` does."""
    _flock(descriptor, "LOCK_SH")


def _flock(descriptor: int, *operations: str) -> None:
    try:
        import fcntl
    except ImportError as error:
        raise TaskError(
            "this command works on a database, which needs Linux, macOS or Windows' own Linux (WSL)",
            cause="Windows has neither the file locks nor the server processes that it is built on",
            next_step="wsl --install",
            code="needs-wsl",
        ) from error
    fcntl.flock(descriptor, sum(getattr(fcntl, name) for name in operations))
