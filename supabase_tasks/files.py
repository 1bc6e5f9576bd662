"""Writing files so that no half file is ever seen, and telling whether a generated one is stale."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import Self

from supabase_tasks.errors import TaskError
from supabase_tasks.interrupts import HeldBack


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A generated file as it is (None: absent) and as it should be."""

    path: Path
    before: str | None
    after: str

    @classmethod
    def at(cls, path: Path, after: str) -> Self:
        """The file at `path`, which should hold `after`."""
        return cls(path, text_of(path), after)

    @property
    def stale(self) -> bool:
        return self.before != self.after


def text_of(path: Path) -> str | None:
    """What the file holds; None when there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else None


def json_text(document: object, like: str | None) -> str:
    """The document as JSON, indented as the text `like` is: by two blanks where that says nothing."""
    found = re.match(r"\s*\{\s*\n([ \t]+)\"", like or "")
    return json.dumps(document, indent=found[1] if found else 2, ensure_ascii=False) + "\n"


def from_here(path: Path) -> str:
    """`path` relative to the current folder where it lies inside it, as people and shells read it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def write_atomic(path: Path, text: str, *, exclusive: bool = False, private: bool = False) -> None:
    """Write `text` as UTF-8 to `path` by a temporary file and a rename in the same folder.

    With `exclusive` an existing file is never replaced; a `private` file is readable by its owner only. Raises
    `TaskError` when the folder cannot be written or, with `exclusive`, when `path` exists.
    """
    try:
        if private:
            make_closed(path.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replace_file(path, exclusive=exclusive) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
            if not private:
                _give_mode(file.fileno(), _mode(path))
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def replace_file(path: Path, *, exclusive: bool = False) -> Iterator[BufferedRandom]:
    """A file to write and read, which takes `path`'s place by a rename when the block ends without an error, and is gone
    otherwise. Only its owner can open it.

    With `exclusive` an existing file is never replaced. Never through a link at `path`. Raises `OSError`.
    """
    # The name comes before the file, so that Ctrl-C never leaves a file that would not be removed.
    temporary = path.parent / f".{path.name}.{os.urandom(6).hex()}.tmp"
    try:
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as file:
            yield file
        if exclusive:
            os.link(temporary, path)
        else:
            temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def keep_newest(folder: Path, count: int) -> None:
    """Remove all files of `folder` but the `count` that were written last. Raises `OSError` when one cannot be removed."""
    for _, path in sorted(_by_time(folder), reverse=True)[count:]:
        with suppress(FileNotFoundError):
            Path(path).unlink()


def _by_time(folder: Path) -> Iterator[tuple[float, str]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                yield entry.stat().st_mtime, entry.path


def make_closed(folder: Path) -> None:
    """Make `folder` and what is missing above it, closed to other users whatever the umask; one that exists is left as it
    is. Raises `OSError`."""
    # `Path.mkdir(parents=True, mode=…)` gives the mode to the last folder only.
    if not folder.is_dir():
        make_closed(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _give_mode(descriptor: int, mode: int) -> None:
    # Windows has no modes of files.
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, mode)


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _unwritable(path: Path, error: OSError) -> TaskError:
    if isinstance(error, FileExistsError) and os.path.lexists(path):
        return TaskError(f"{path} already exists", cause="it is never overwritten", code="file-exists")
    return TaskError(
        f"cannot write {path}",
        cause=error.strerror or str(error),
        next_step="make the folder writable or free some disk space, then run the same command again",
        code="file-unwritable",
    )


class DeferredInterrupt(HeldBack):
    """Ctrl-C around the writing of files: it comes before the first of them, or no more.

    In `with DeferredInterrupt() as publication:` nothing is different until `begin`. From there to the end of the block it is
    held back, and forgotten when `commit` said that the files are complete: the run ends like any other, and 130 keeps
    meaning that nothing was written. The block is to end last, since tidying up that is interrupted would be a 130 too.
    """

    def commit(self) -> None:
        """All files are there: what was held back is forgotten."""
        self._committed = True


def digest(*parts: bytes | str) -> str:
    """A stable hexadecimal SHA-256 of the parts, each framed by its length so that no two lists collide."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()
