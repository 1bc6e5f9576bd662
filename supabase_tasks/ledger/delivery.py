"""How the Supabase CLI sends a migration to the server, in the terms of the program text of 2.122.1 and 3.1.0.

Usually all statements and the history row go in one pipeline, which PostgreSQL runs as one transaction. A file that begins
with the CLI's directive, or that has a statement which looks like transaction control, is sent statement by statement. In
any other file, a statement that cannot run in a transaction is sent by itself, between two pipelines.
tests/postgres/test_cli_oracle.py compares with what both majors do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supabase_tasks.ledger import splitting
from supabase_tasks.ledger.splitting import Major, Statement

DIRECTIVE = "-- pg-delta: transaction=false"
# JavaScript's `\s` and `.`; the patterns are the CLI's own, for a statement in upper case behind its leading comments.
_S = r"[\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
_CONTROL = re.compile(rf"(?:BEGIN|START{_S}+TRANSACTION|COMMIT|END|ABORT|PREPARE{_S}+TRANSACTION)(?:{_S}|\Z)")
_ROLLBACK = re.compile(rf"ROLLBACK(?:{_S}+|\Z)(?:(?:WORK|TRANSACTION)(?:{_S}+|\Z))?(?!TO(?:{_S}|\Z))")
_ALONE = re.compile(
    rf"CREATE{_S}+(?:UNIQUE{_S}+)?INDEX{_S}+CONCURRENTLY(?:{_S}|\Z)|DROP{_S}+INDEX{_S}+CONCURRENTLY(?:{_S}|\Z)"
    rf"|REINDEX(?:{_S}|\()[^\n\r\u2028\u2029]*{_S}CONCURRENTLY(?:{_S}|\Z)|VACUUM(?:{_S}|\(|\Z)"
    rf"|ALTER{_S}+SYSTEM(?:{_S}|\Z)|CLUSTER(?:{_S}|\Z)"
)
_BLANKS: dict[Major, re.Pattern[str]] = {
    "2": re.compile(r"[ \t\n\r]*"),
    "3": re.compile(r"[ \t\n\r\f\v\ufeff]*"),
}
_LINE_END: dict[Major, re.Pattern[str]] = {"2": re.compile(r"\n"), "3": re.compile(r"[\n\r]")}


@dataclass(frozen=True, slots=True)
class Part:
    """Statements that are sent together, as one pipeline or, when `alone` (one statement), by itself; `first` is the index of
    the first one in the file. The history row goes with the last part."""

    statements: tuple[Statement, ...]
    first: int
    alone: bool


def parts(sql: str, major: Major = "3") -> list[Part]:
    """What the CLI sends for a file with this text, in order. The last part may have no statement but the history row."""
    statements = splitting.split(sql, major)
    if is_directed(sql) or any(is_control(item.text, major) for item in statements):
        return [*(Part((item,), index, True) for index, item in enumerate(statements)), Part((), len(statements), True)]
    return list(_batches(statements, major))


def _batches(statements: Sequence[Statement], major: Major) -> Iterator[Part]:
    begin = 0
    for index, item in enumerate(statements):
        if is_alone(item.text, major):
            if begin < index:
                yield Part(tuple(statements[begin:index]), begin, False)
            yield Part((item,), index, True)
            begin = index + 1
    yield Part(tuple(statements[begin:]), begin, False)


def is_directed(sql: str) -> bool:
    """Whether the first line is the CLI's directive to do without transactions."""
    first = sql.removeprefix("\ufeff").split("\n", 1)[0]
    return first.removesuffix("\r") == DIRECTIVE


def is_control(statement: str, major: Major) -> bool:
    """Whether the CLI takes a statement for transaction control. It then sends every statement of the file by itself."""
    bare = without_lead(statement, major).upper()
    return _CONTROL.match(bare) is not None or _ROLLBACK.match(bare) is not None


def is_alone(statement: str, major: Major) -> bool:
    """Whether the CLI sends a statement outside of the file's transaction."""
    return _ALONE.match(without_lead(statement, major).upper()) is not None


def without_lead(statement: str, major: Major) -> str:
    """A statement without the blanks and comments before its first word, as that major sees them."""
    position = splitting.match_end(_BLANKS[major], statement, 0)
    if major == "2":
        while statement.startswith("\ufeff", position):
            position = splitting.match_end(_BLANKS[major], statement, position + 1)
    while (end := _after_comment(statement, position, major)) is not None:
        position = splitting.match_end(_BLANKS[major], statement, end)
    return statement[position:].strip(splitting.TRIMMED)


def _after_comment(statement: str, position: int, major: Major) -> int | None:
    if statement.startswith("--", position):
        found = _LINE_END[major].search(statement, position + 2)
        return found.end() if found else len(statement)
    if not statement.startswith("/*", position):
        return None
    if major == "3":
        return splitting.after_block_comment(statement, position, major)
    # 2.x does not see that comments nest, and `/*/` is both marks; one that never ends stays.
    end = statement.find("*/", position)
    return end + 2 if end >= 0 else None
