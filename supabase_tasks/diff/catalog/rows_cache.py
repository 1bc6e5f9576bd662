"""The catalog of a database that never changes, in a file: written once, checked by its digest when it is read."""

from __future__ import annotations

import hashlib
import marshal
import sys
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from io import BufferedRandom, BufferedReader
from itertools import islice
from pathlib import Path
from typing import Any

from supabase_tasks.diff.catalog.rows import ROWS_TOGETHER, Answer, Catalog, Query
from supabase_tasks.files import digest, keep_newest, replace_file

_FORMAT = b"supabase-tasks catalog 3 "
# A present history, the one before it, and a branch or two.
_KEPT = 4


def cache_path(folder: Path, database: str, queries: Sequence[Query]) -> Path:
    """Where the answers to `queries` of a database that never changes (a template, named by its content) are below `folder`."""
    asked = digest(
        _FORMAT,
        *(word for query in queries for word in (query.text, query.condition)),
        str(marshal.version),
        sys.implementation.cache_tag or "",
    )
    return folder / f"{database}-{asked[:16]}"


def load(path: Path) -> Catalog | None:
    """The catalog that `save` wrote, or None when there is none; a damaged one is removed."""
    with suppress(OSError), ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        if file.readline() == _head(file):
            version = int(marshal.load(file))
            stack.pop_all()
            answers = _read_on(file)
            # A generator that is never begun does not end its `with` either.
            weakref.finalize(answers, file.close)
            return Catalog(answers, version)
        path.unlink()
    return None


def _head(file: BufferedReader | BufferedRandom) -> bytes:
    """The first line of a whole and right file; leaves the position behind that line."""
    start = file.tell()
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(start)
    return _FORMAT + found.encode() + b"\n"


def _read_on(file: BufferedReader) -> Iterator[Answer]:
    with file, suppress(EOFError):
        while True:
            names, arrays = marshal.load(file)
            yield Answer(names, arrays, _rows_of(file))


def _rows_of(file: BufferedReader) -> Iterator[Sequence[Any]]:
    while rows := marshal.load(file):
        yield from rows


def save(path: Path, catalog: Catalog) -> None:
    """Write a catalog for `load`; nothing happens when it cannot be written, for it can be read again."""
    with suppress(OSError, ValueError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with replace_file(path) as file:
            _write(file, catalog)
        keep_newest(path.parent, _KEPT)


def _write(file: BufferedRandom, catalog: Catalog) -> None:
    file.write(_FORMAT + b"0" * 64 + b"\n")
    marshal.dump(catalog.version, file)
    for answer in catalog.answers:
        marshal.dump((answer.names, answer.arrays), file)
        rows = iter(answer.rows)
        while some := list(islice(rows, ROWS_TOGETHER)):
            marshal.dump(some, file)
        marshal.dump([], file)
    file.seek(0)
    file.readline()
    head = _head(file)
    file.seek(0)
    file.write(head)
