"""The part of the models' DDL that most likely is as it was, run while the models are imported.

PostgreSQL needs as long for the DDL of a thousand tables as Python for their import, and one does not need the other: what
the last run created is known, and so are the files that changed since. Nothing is taken on trust. `remaining` gives the
statements that are left only when the ones that ran are, word for word and in order, among those of the models as they
are now, and when running them first made no difference; otherwise the database is thrown away and built in one go.
"""

from __future__ import annotations

import marshal
import os
import re
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import cache_file
from supabase_tasks.models import marshalling
from supabase_tasks.models.declaration import Statement
from supabase_tasks.models.language.words import Ahead, ahead, is_named

if TYPE_CHECKING:
    import psycopg

_MAY_BE_OVERTAKEN = (Ahead.OVERTAKEN, Ahead.RUN)
_FORMAT = "supabase-tasks statements 1"
# A name that PostgreSQL chose and had to change, because it was taken: who came first got it.
_SECOND_NAMES = """
    SELECT FROM pg_catalog.pg_class WHERE oid >= 16384 AND relname ~ '_(key|pkey|idx|excl|seq)[0-9]+$'
    UNION ALL
    SELECT FROM pg_catalog.pg_constraint WHERE oid >= 16384 AND conname ~ '_(key|pkey|check|fkey|excl|null)[0-9]+$'
    LIMIT 1
"""
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run's statements in order, and what the files of the models were."""

    statements: list[Statement]
    stamps: dict[str, _Stamp | None]


def predict(path: Path) -> list[Statement]:
    """The statements of the last run that no changed file can have to do with, in order; none without a last run."""
    known = _load(path)
    # A role belongs to the cluster and outlives the database it was made for.
    if known is None or any(statement.kind == "role" for statement in known.statements):
        return []
    changed = {file for file, stamp in known.stamps.items() if _stamp(file) != stamp}
    declaring = {str(statement.origin.file) for statement in known.statements if statement.origin}
    # A file that declares nothing by itself, such as a mixin's, may have to do with anything.
    if not changed <= declaring:
        return []
    kept = _untouched_statements(known.statements, changed)
    return kept if remaining(kept, known.statements) is not None else []


def _untouched_statements(statements: Sequence[Statement], changed: set[str]) -> list[Statement]:
    kept: list[Statement] = []
    out: list[Statement] = []
    for statement in statements:
        settled = statement.origin is not None and str(statement.origin.file) not in changed
        mode = ahead(statement.kind)
        runs = mode is Ahead.FIRST or (settled and mode is Ahead.RUN)
        (kept if runs else out).append(statement)
    while names := _names_pattern(out):
        out = [statement for statement in kept if names.search(statement.sql)]
        kept = [statement for statement in kept if not names.search(statement.sql)]
    return kept


def _names_pattern(statements: Iterable[Statement]) -> re.Pattern[str] | None:
    """Matches the names of what the statements create; None when they create nothing that others name."""
    names = sorted({re.escape(one.identity[1]) for one in statements if is_named(one.kind) and len(one.identity) > 1})
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE) if names else None


def remaining(ran: Sequence[Statement], wanted: Sequence[Statement]) -> list[Statement] | None:
    """What is left of `wanted` after `ran`; None when it was wrong to run them, or to run them first."""
    left: list[Statement] = []
    overtaken = 0
    place = 0
    for statement in wanted:
        if place < len(ran) and statement.sql == ran[place].sql:
            place, overtaken = place + 1, len(left)
        else:
            left.append(statement)
    if place < len(ran) or any(ahead(statement.kind) not in _MAY_BE_OVERTAKEN for statement in left[:overtaken]):
        return None
    names = _names_pattern(left[:overtaken])
    return None if names and any(names.search(statement.sql) for statement in ran) else left


def has_order_dependent_names(connection: psycopg.Connection[Any]) -> bool:
    """Whether an object has a name that depended on the order of the statements."""
    return connection.execute(_SECOND_NAMES).fetchone() is not None


def remember(path: Path, statements: Sequence[Statement], files: Sequence[Path]) -> None:
    """Keep for the next run's `predict` (`files` are those of the models); nothing happens when it cannot be written."""
    plain = [marshalling.of(statement) for statement in statements]
    stamps = [(str(file), _stamp(str(file))) for file in files]
    with suppress(OSError):
        cache_file.write(path, _FORMAT, marshal.dumps((plain, stamps)))


def _load(path: Path) -> LastRun | None:
    body = cache_file.read(path, _FORMAT)
    if body is None:
        return None
    try:
        plain, files = marshal.loads(body)
    except (ValueError, EOFError, TypeError):
        # Another Python's.
        return None
    return LastRun(list(marshalling.statements(plain)), dict(files))


def _stamp(file: str) -> _Stamp | None:
    """What tells whether a file changed; None for a folder, into which editors write what they like."""
    try:
        found = os.stat(file)  # noqa: PTH116 (once per file of a thousand)
    except OSError:
        return None
    return None if stat.S_ISDIR(found.st_mode) else (found.st_mtime_ns, found.st_size, found.st_ino)
