"""What one look at a path tells, as text: the models' import notes it, and the memo looks again.

A look is less than the file: `Path.exists()` learns whether there is something, `os.stat` what the inode says, a listing
the names. Its answer is noted as it was given, so nothing that happens between the import and the memo can hide in it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

from supabase_tasks.files import digest

ABSENT = "absent"
# Whether there is something, and of which kind: `exists`, `is_file`, `is_dir`.
TYPE = "type"
# The same of a link itself, and where it leads: `readlink`, `resolve`.
LINK = "link"
# Everything that `os.stat` and `os.lstat` answer, but for the time of the last reading.
STATUS = "status"
LINK_STATUS = "link-status"
# The names in a folder, and the names with what a `scandir` tells of each.
NAMES = "names"
ENTRIES = "entries"
# `os.access`, with the mode that was asked for behind the word.
ACCESS = "access"

_BYTECODE = "__pycache__"
# The system's own, whatever stands in their place while models are watched.
_access, _stat, _lstat, readlink, _listdir, _scandir = os.access, os.stat, os.lstat, os.readlink, os.listdir, os.scandir


def look(kind: str, path: str) -> str:
    """What a look of that kind at `path` tells now; never raises `OSError`: an error is an answer too."""
    if kind.startswith(ACCESS):
        return str(_access(path, int(kind.removeprefix(ACCESS))))
    try:
        if kind == NAMES:
            return names(_listdir(path))
        if kind == ENTRIES:
            return _entries(path)
        if kind == LINK:
            return _link(path)
        return answer(kind, _lstat(path) if kind == LINK_STATUS else _stat(path))
    except OSError as error:
        return failure(error)


def answer(kind: str, found: os.stat_result) -> str:
    """What `found` tells a look of the kind `TYPE`, `STATUS` or `LINK_STATUS`."""
    if kind == TYPE:
        return str(stat.S_IFMT(found.st_mode))
    numbers = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_uid, found.st_gid)
    return ".".join(map(str, (*numbers, found.st_nlink, found.st_ino, found.st_dev)))


def signature_of(found: os.stat_result) -> str:
    """Everything in a `stat` that a change of the content changes too."""
    return f"{found.st_mtime_ns}.{found.st_ctime_ns}.{found.st_size}.{found.st_ino}.{found.st_mode}"


def failure(error: OSError) -> str:
    """The answer of a look that failed."""
    return ABSENT if isinstance(error, FileNotFoundError | NotADirectoryError) else f"error {error.errno}"


def names(found: Iterable[str]) -> str:
    """The answer of a listing. The folder of bytecode comes with the import itself, and is no answer to anything."""
    return digest(*sorted(os.fsencode(name) for name in found if name != _BYTECODE))


def _entries(path: str) -> str:
    told = []
    with _scandir(path) as entries:
        for entry in entries:
            if entry.name != _BYTECODE:
                told.append(os.fsencode(entry.name) + b"\0" + _entry(entry).encode())
    return digest(*sorted(told))


def _entry(entry: os.DirEntry[str]) -> str:
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    found = entry.stat(follow_symlinks=False)
    told = f"{found.st_mode}.{found.st_size}.{found.st_mtime_ns}.{found.st_ino}"
    return f"{told} {_behind(entry)}" if entry.is_symlink() else told


def _behind(link: os.DirEntry[str]) -> str:
    """What `entry.stat()` and `entry.is_file()` tell of the file that a link leads to; of a folder no more than its type."""
    try:
        found = link.stat()
    except OSError as error:
        return failure(error)
    if stat.S_ISDIR(found.st_mode):
        return "folder"
    return f"{found.st_mode}.{found.st_size}.{found.st_mtime_ns}.{found.st_ino}"


def _link(path: str) -> str:
    found = _lstat(path)
    return f"leads to {readlink(path)}" if stat.S_ISLNK(found.st_mode) else str(stat.S_IFMT(found.st_mode))
