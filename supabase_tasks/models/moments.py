"""Texts that PostgreSQL takes for a moment by what they are compared with, found by asking it: `at < 'tomorrow'`.

It reads such a text once, and keeps the moment at which the migration was made. Which texts are read so depends on the types of
columns, functions and operators: the statement is tried once more with another text in its place, and rolled back. One that is a
moment is refused then as none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import text_places
from supabase_tasks.models.declaration import Statement
from supabase_tasks.models.language.base import wrong
from supabase_tasks.postgres.pipeline import Failure
from supabase_tasks.sql_text import quoted_identifier

# https://www.postgresql.org/docs/17/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-TABLE
_CALLS = {"now": "now()", "today": "current_date", "tomorrow": "current_date + 1", "yesterday": "current_date - 1"}
_WORD = re.compile(r"\b(?:now|today|tomorrow|yesterday)\b", re.IGNORECASE)
_PERHAPS = re.compile(r"\b(?:now\b(?!\s*\()|today\b|tomorrow\b|yesterday\b)", re.IGNORECASE)
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_DEFINES = re.compile(r"\s*(?:create|alter)\b", re.IGNORECASE)
# What no date begins with, and the number of the text.
_MARK = re.compile(r"zz(\d+)zz")
# Invalid datetime format, datetime field overflow, invalid parameter value (a time zone).
_NO_MOMENT = frozenset(("22007", "22008", "22023"))
# These are looked up by their names before anything in them is read.
_DROPPED = {"table": "TABLE", "domain": "DOMAIN"}

# Runs statements in the open transaction; afterwards it is as before, and what failed is returned.
Attempt = Callable[[Sequence[Statement]], Failure | None]


def refuse(statements: Iterable[Statement], attempt: Attempt) -> None:
    """Raises `ModelsError` for one of `statements`, all of which PostgreSQL has taken, with a text that it took for a moment."""
    for statement in statements:
        texts = list(_moments(statement))
        failure = attempt([*_drops(statement), _with_marks(statement, texts)]) if texts else None
        mark = _MARK.search(failure.message) if failure and failure.sqlstate in _NO_MOMENT else None
        if mark is not None:
            raise _refusal(statement, texts[int(mark[1])])


def _moments(statement: Statement) -> Iterator[re.Match[str]]:
    sql = statement.sql
    if statement.kind != "comment" and _PERHAPS.search(sql) and _DEFINES.match(sql):
        yield from (text for text in _LITERAL.finditer(sql) if _WORD.search(text[0]))


def _with_marks(statement: Statement, texts: Sequence[re.Match[str]]) -> Statement:
    parts, end = [], 0
    for number, text in enumerate(texts):
        marked = _WORD.sub(lambda word, number=number: f"zz{number}zz{word[0]}", text[0])  # type: ignore[misc]
        parts += [statement.sql[end : text.start()], marked]
        end = text.end()
    return replace(statement, sql="".join((*parts, statement.sql[end:])))


def _drops(statement: Statement) -> Iterator[Statement]:
    kind = _DROPPED.get(statement.kind)
    if kind is not None:
        name = ".".join(map(quoted_identifier, statement.identity))
        yield replace(statement, sql=f"DROP {kind} IF EXISTS {name} CASCADE")


def _refusal(statement: Statement, text: re.Match[str]) -> ModelsError:
    origin = statement.origin
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text[0]))
    return wrong(
        origin and text_places.line_of_position(origin, statement.sql, text.start() + 2),
        f"{text[0]} is a text that PostgreSQL takes for a moment here and reads once, when the migration is made",
        f"write the call instead of the text: {', '.join(_CALLS[word] for word in words)}",
    )
