"""Looks at files that raise no audit event (`os.stat` and its like), in the place of the originals."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

from supabase_tasks import looks
from supabase_tasks.models.clock_types import Note
from supabase_tasks.models.substitute import Substitute

# `note_look(kind, path, answer)`: something was learnt of a path.
NoteLook = Callable[[str, str, str], None]


def _asks_less() -> dict[CodeType, str]:
    """Functions of the standard library that ask for a status and tell less of it, by their code."""
    import genericpath
    import importlib.metadata
    import pathlib
    import posixpath

    found = {}
    for owner, kind, names in (
        (genericpath, looks.TYPE, ("exists", "isfile", "isdir", "isjunction", "isdevdrive")),
        (posixpath, looks.LINK, ("lexists", "islink", "realpath", "_joinrealpath", "isjunction")),
        (genericpath, looks.LINK, ("lexists", "islink")),
        (pathlib.Path, looks.TYPE, ("exists", "is_file", "is_dir", "resolve")),
        (pathlib.Path, looks.LINK, ("is_symlink", "readlink")),
    ):
        for name in names:
            code = getattr(getattr(owner, name, None), "__code__", None)
            if code is not None:
                found[code] = kind
    # It only asks whether its own copy of a listing is still good; the listing is noted for itself.
    if (fast := getattr(importlib.metadata, "FastPath", None)) is not None:
        found[fast.mtime.fget.__code__] = looks.TYPE
    for name in ("stat", "lstat"):
        found[getattr(pathlib.Path, name).__code__] = ""
    return found


def _kind(less: dict[CodeType, str], kind: str) -> str:
    frame = sys._getframe(3)
    asked = less.get(frame.f_code)
    if asked == "" and frame.f_back is not None:
        asked = less.get(frame.f_back.f_code)
    return asked or kind


def stat(original: Any, kind: str, note_look: NoteLook, note: Note) -> Substitute:
    less = _asks_less()

    def call(path: Any, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> Any:
        options: dict[str, Any] = {} if dir_fd is None else {"dir_fd": dir_fd}
        if not follow_symlinks:
            options["follow_symlinks"] = False
        if isinstance(path, int) or dir_fd is not None:
            _by_descriptor(path, dir_fd, note_look, note)
            return original(path, **options)
        meant = _kind(less, kind if follow_symlinks else looks.LINK_STATUS)
        try:
            found = original(path, **options)
        except OSError as error:
            note_look(meant, path, looks.failure(error))
            raise
        note_look(meant, path, looks.look(meant, path) if meant == looks.LINK else looks.answer(meant, found))
        return found

    return Substitute(original, call)


def _by_descriptor(path: Any, folder: int | None, note_look: NoteLook, note: Note) -> None:
    """A look through an open file: at the place it has in the file system, where the system tells that."""
    try:
        place = looks.readlink(f"/proc/self/fd/{path if folder is None else folder}")
    except OSError:
        note("a file by its descriptor")
        return
    if folder is not None and isinstance(path, str):
        place = f"{place}/{path}"
    if place.startswith("/"):
        note_look(looks.STATUS, place, looks.look(looks.STATUS, place))
    else:
        note("a file by its descriptor")


def fstat(original: Any, note_look: NoteLook, note: Note) -> Substitute:
    def call(descriptor: int) -> Any:
        _by_descriptor(descriptor, None, note_look, note)
        return original(descriptor)

    return Substitute(original, call)


def readlink(original: Any, note_look: NoteLook) -> Substitute:
    def call(path: Any, *, dir_fd: int | None = None) -> Any:
        note_look(looks.LINK, path, looks.look(looks.LINK, path))
        return original(path, dir_fd=dir_fd)

    return Substitute(original, call)


def access(original: Any, note_look: NoteLook) -> Substitute:
    def call(path: Any, mode: int, **options: Any) -> bool:
        found: bool = original(path, mode, **options)
        note_look(f"{looks.ACCESS}{mode}", path, str(found))
        return found

    return Substitute(original, call)


def open_file(original: Any, note: Note) -> Substitute:
    def call(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> Any:
        if dir_fd is not None:
            note("os.open(dir_fd=…)")
        return original(path, flags, mode, dir_fd=dir_fd)

    return Substitute(original, call)


def read(original: Any, note: Note) -> Substitute:
    def call(descriptor: int, size: int) -> Any:
        if descriptor == 0:
            note("standard input")
        return original(descriptor, size)

    return Substitute(original, call)
