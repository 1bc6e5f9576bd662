"""A value for existing rows is tried before it is used, and refused in the words that it was given in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from supabase_tasks.diff.errors import WrongDefaultError
from supabase_tasks.diff.plan import values
from supabase_tasks.diff.reader import read_snapshot

OPEN = "it does not end as it began: a bracket, a quote or a comment is open, or closed too often"
# The expression for an integer, and the cause that is given; None: it is taken.
GIVEN = {
    "0": None,
    "id + 1": None,
    "(select max(id) from public.note)": None,
    "random()::int": None,
    "nullif(id, 0)": None,
    "now(": OPEN,
    "(select 1": OPEN,
    "1)": OPEN,
    "-- 1": OPEN,
    "1 -- one": OPEN,
    "'a": "PostgreSQL: unterminated quoted string at: 'a",
    "$$": "PostgreSQL: unterminated dollar-quoted string at: $$",
    "1 /*": "PostgreSQL: unterminated /* comment at: /*",
    "1; drop table x": "PostgreSQL: syntax error at: ; drop table x",
    "1 2": "PostgreSQL: syntax error at: 2",
    "'x'": 'PostgreSQL: invalid input syntax for type integer: "x"',
    "99999999999": "PostgreSQL: integer out of range",
    "nosuch()": "PostgreSQL: function nosuch() does not exist",
    "foo": 'PostgreSQL: column "foo" does not exist\na text is written in single quotes',
    "count(*)": "PostgreSQL: aggregate functions are not allowed",
    "row_number() over ()": "PostgreSQL: window functions are not allowed",
    "generate_series(1, 2)": "PostgreSQL: set-returning functions are not allowed",
    "$1": "PostgreSQL: there is no parameter $1",
    "null": "NULL is what the column does not take",
    "(NULL)::int": "NULL is what the column does not take",
}


@pytest.mark.server
def test_a_value_is_refused_in_the_words_it_was_given_in(
    database: Callable[[str], str], connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    current = connect(database("create table public.note (id int primary key)"))
    desired = read_snapshot(connect(database("create table public.note (id int primary key, size int not null)")))
    here = read_snapshot(current)
    causes: dict[str, str | None] = {}
    for expression in GIVEN:
        try:
            values.demand_usable(current, {"public.note.size": expression}, here, desired)
            causes[expression] = None
        except WrongDefaultError as error:
            assert error.message == f"--default public.note.size={expression} is not an expression of the type integer"
            causes[expression] = error.cause
    assert causes == GIVEN
