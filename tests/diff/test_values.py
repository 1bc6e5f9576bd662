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
ROUNDED = "{} would hold another value, rounded or cut; write the one that is meant"
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
    "CAST(NULL AS int)": "NULL is what the column does not take",
    "nullif(1, 1)": "NULL is what the column does not take",
    "case when false then 1 end": "NULL is what the column does not take",
    "(array[1])[2]": "NULL is what the column does not take",
    "1.5": ROUNDED.format("integer"),
    "2.0": None,
    "round(1.5)": None,
    "1.5::int": None,
    "id * 1.5": None,
    "1 / 0": "PostgreSQL: division by zero",
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


# Type, expression, and whether the column would hold what was said.
KEPT = [
    ("numeric(10,1)", "1.25", False),
    ("numeric(10,1)", "'1.25'", False),
    ("numeric(10,1)", "'1.20'", True),
    ("numeric", "1.25", True),
    ("real", "0.1", True),
    ("double precision", "3.14159265358979", True),
    ("date", "timestamp '2026-01-02 10:00'", False),
    ("date", "timestamp '2026-01-02'", True),
    ("date", "'2026-01-02'", True),
    ("date", "now()", True),
    ("timestamp(0) without time zone", "'2026-01-02 10:00:00.7'", False),
    ("timestamp(0) without time zone", "'2026-01-02 10:00:00'", True),
    ("boolean", "'t'", True),
    ("jsonb", "'{\"a\":1}'", True),
    ("text", "'x'", True),
    ("text", "42", True),
    ("uuid", "gen_random_uuid()", True),
    ("integer[]", "'{}'", True),
    ("point", "'(1,2)'", True),
    ("smallint", "(select 1.5)", True),
]


@pytest.mark.server
def test_a_value_that_the_column_would_round_is_refused(
    database: Callable[[str], str], connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    current = connect(database("create table public.note (id int primary key)"))
    columns = ", ".join(f"c{number} {kind} not null" for number, (kind, _, _) in enumerate(KEPT))
    desired = read_snapshot(connect(database(f"create table public.note (id int primary key, {columns})")))
    here = read_snapshot(current)
    for number, (kind, expression, kept) in enumerate(KEPT):
        try:
            values.demand_usable(current, {f"public.note.c{number}": expression}, here, desired)
            taken = True
        except WrongDefaultError as error:
            assert error.cause == ROUNDED.format(kind), (kind, expression)
            taken = False
        assert taken == kept, (kind, expression)
