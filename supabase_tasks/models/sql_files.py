"""Plain SQL as declarations: a folder of .sql files, or a `Sql(…)` in a module. Each statement is one declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supabase_tasks.errors import ModelsError
from supabase_tasks.models.declaration import Identity, Origin
from supabase_tasks.models.language.base import wrong
from supabase_tasks.models.language.words import all_words

# What may stand before a statement: comments, space, and the semicolon of the one before.
_BEFORE = re.compile(r"\s*(?:--[^\n]*(?:\n|$)|/\*.*?\*/)|[\s;]+", re.DOTALL)
_RENAMED = re.compile(r"--\s*renamed_from:\s*(\S.*?)\s*$", re.MULTILINE)

# What a folder of declarations cannot hold: rows, and changes that presuppose a former state.
_REFUSED = {
    "insert_stmt": "rows belong into a migration or the seed",
    "update_stmt": "rows belong into a migration or the seed",
    "delete_stmt": "rows belong into a migration or the seed",
    "merge_stmt": "rows belong into a migration or the seed",
    "copy_stmt": "rows belong into a migration or the seed",
    "select_stmt": "a query declares nothing",
    "truncate_stmt": "rows belong into a migration or the seed",
    "drop_stmt": "leave the object out, and a migration drops it",
    "transaction_stmt": "the models are built in one transaction",
    "rename_stmt": "write the new name, with a comment `-- renamed_from: old` before the statement",
}


@dataclass(frozen=True, slots=True, eq=False)
class SqlStatement:
    """One statement of plain SQL. `sql` has no comment before it and no semicolon after it."""

    kind: str
    identity: Identity
    sql: str
    origin: Origin | None
    renamed_from: str | None = None

    def statements(self) -> list[str]:
        """The statement as it was written."""
        return [self.sql]


def read_folder(folder: Path) -> list[SqlStatement]:
    """The statements of every .sql file below `folder`, which the settings have looked for, files in the order of their paths.

    Raises `ModelsError` with file and line for SQL that does not parse or that declares nothing.
    """
    return [item for path in sorted(folder.rglob("*.sql")) for item in parse(_text(path), Origin(path, 1))]


def _text(path: Path) -> str:
    try:
        # Not `read_text`, which takes a carriage return away: it is part of a function's body, and stays in a migration too.
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelsError(f"{path} cannot be read", cause=str(error)) from error


def parse(text: str, start: Origin) -> list[SqlStatement]:
    """The statements of `text`, which begins at `start`. Raises `ModelsError` with file and line."""
    import postgast

    try:
        tree = postgast.parse(text)
    except postgast.PgQueryError as error:
        line = text[: max(int(getattr(error, "cursorpos", 0) or 0) - 1, 0)].count("\n")
        raise wrong(Origin(start.file, start.line + line), f"the SQL does not parse: {error}") from error
    data = text.encode()
    found, end = [], 0
    for raw in tree.stmts:
        begin, end = end, raw.stmt_location + raw.stmt_len if raw.stmt_len else len(data)
        found.append(_statement(raw.stmt, data[begin:end].decode(), _line(start, data[:begin])))
    return found


def _line(start: Origin, before: bytes) -> Origin:
    return Origin(start.file, start.line + before.count(b"\n"))


# Parse tree nodes are protobuf messages without type stubs, here and below.
def _statement(parsed: Any, written: str, start: Origin) -> SqlStatement:
    """One statement; `written` begins at `start`, with all that stands before it."""
    comments, sql = written[: _leading(written)], written[_leading(written) :].rstrip().rstrip(";")
    origin = Origin(start.file, start.line + comments.count("\n"))
    node = parsed.WhichOneof("node")
    if node in _REFUSED:
        raise wrong(origin, f"{sql.split()[0].upper()} does not belong here", _REFUSED[node])
    kind, identity = _identify(node, getattr(parsed, node)) or ("sql", (str(origin.file), str(origin.line)))
    renamed = _RENAMED.search(comments)
    return SqlStatement(kind, identity, sql, origin, renamed[1] if renamed else None)


def _leading(text: str) -> int:
    position = 0
    while match := _BEFORE.match(text, position):
        position = match.end()
    return position


def _identify(node: str, statement: Any) -> tuple[str, Identity] | None:
    for word in all_words().values():
        reader = word.sql.get(node)
        identity = reader(statement) if reader else None
        if identity is not None:
            return word.name, identity
    return None
