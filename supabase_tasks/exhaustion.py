"""What a machine runs out of (disk, inodes, open files, memory) is an expected failure, wherever it comes up."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

from supabase_tasks.errors import TaskError
from supabase_tasks.state_dir import ROOT_VARIABLE, chosen_root

_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_CODE = "state-unwritable"
_HELP = f"free some space (df -h; df -i), or choose another folder with {ROOT_VARIABLE}"
_READ_ONLY = "make it writable"
_FILES = (errno.EMFILE, errno.ENFILE)
# PostgreSQL, appendix A, class 53: disk_full and out_of_memory.
# A quota has no code of its own there (src/backend/utils/error/elog.c, errcode_for_file_access).
_QUOTA = os.strerror(errno.EDQUOT)
_FULL, _MEMORY = "53100", "53200"


def of(error: BaseException) -> TaskError | None:
    """The expected failure that `error`, or what caused it, stands for; None when it is something else."""
    for one in _chain(error):
        found = _known_shortage(one)
        if found is not None:
            return found
    return None


def explain(error: TaskError) -> TaskError:
    """`error` with the code and the next step of a full disk, when its cause is one in another program's words."""
    said = error.cause or ""
    if error.code == _CODE or not any(os.strerror(number) in said for number in _DISK):
        return error
    return TaskError(error.message, cause=said, next_step=_help(error.message, said), code=_CODE, data=error.data)


def _help(where: str, said: str) -> str:
    if os.strerror(errno.EROFS) not in said:
        return _HELP
    # What lies elsewhere, in the project, has one place only.
    is_state = str(chosen_root()) in f"{where}\n{said}"
    return f"{_READ_ONLY}, or choose another folder with {ROOT_VARIABLE}" if is_state else _READ_ONLY


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _known_shortage(error: BaseException) -> TaskError | None:
    state = getattr(error, "sqlstate", None)
    number = error.errno if isinstance(error, OSError) else None
    if state == _FULL or number in _DISK or (state and _QUOTA in str(error)):
        return _disk(error)
    if number in _FILES:
        return TaskError(
            "no more files can be opened",
            cause=str(error),
            next_step="raise the limit of open files: ulimit -n 4096",
            code="too-many-files",
        )
    if state == _MEMORY or isinstance(error, MemoryError) or number == errno.ENOMEM:
        return TaskError(
            "the machine has no memory left",
            cause=str(error) or type(error).__name__,
            next_step="end other programs; inv supabase-stop ends the servers of this project",
            code="out-of-memory",
        )
    return None


def _disk(error: BaseException) -> TaskError:
    where = getattr(error, "filename", None)
    what = f"cannot write {where}" if where else "the disk cannot be written"
    said = (getattr(error, "strerror", None) or str(error)).strip()
    return TaskError(what, cause=said, next_step=_help(what, said), code=_CODE)
