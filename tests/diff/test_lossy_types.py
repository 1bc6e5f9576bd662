"""A change of type that would cut, round or reinterpret a value asks first, or fails on the row by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.errors import DiffError, TaskError
from supabase_tasks.postgres import Server

ASKED = (
    ("numeric(10,4)", "numeric(10,2)", "1.5555"),
    ("numeric(10,4)[]", "numeric(10,2)[]", "{1.5555}"),
    ("numeric", "integer", "1.5"),
    ("text", "numeric(10,2)", "1.5555"),
    ("double precision", "real", "0.123456789"),
    ("double precision", "bigint", "1.5"),
    ("timestamptz", "date", "2026-01-01 13:45+00"),
    ("timestamptz[]", "date[]", "{2026-01-01 13:45+00}"),
    ("timestamp", "timestamp(0)", "2026-01-01 13:45:00.5"),
    ("text", "date", "2026-01-01 13:45"),
    ("timetz", "time", "13:45+05"),
    ("interval", "interval day", "1 day 02:00"),
    ("interval", "interval(0)", "1.5 seconds"),
    ("text", "character(5)", "ab "),
    ("text", "name", "x" * 70),
    ("text", '"char"', "abc"),
    ("integer", "date", "20260101"),
    ("varbit", "numeric", "0101"),
    ("jsonb", "text[]", '["a"]'),
    ("tsrange", "daterange", "[2026-01-01 13:00,2026-01-02)"),
)
REFUSED = (
    ("text", "varchar(3)", "abcdef"),
    ("text", "varchar(3)", "abc   "),
    ("text[]", "varchar(3)[]", "{abcdef}"),
    ("text[]", "varchar(3)[]", '{"abc  "}'),
    ("public.mood", "varchar(3)", "calm  "),
    ("text", "public.code", "abcdef"),
    ("text[]", "public.code[]", "{abcdef}"),
    ("inet", "cidr", "10.1.2.3/24"),
    ("inet[]", "cidr[]", "{10.1.2.3/24}"),
    ("integer", "boolean", "5"),
    ("varbit", "bit(3)", "10101"),
    ("bit(5)", "bit(3)", "10101"),
    ("text", "bit(3)", "10101"),
    ("integer", "oid", "-1"),
    ("oid", "integer", "4294967295"),
    ("json", "jsonb", '{"a": 1, "a": 2}'),
    ("text", "jsonb", '{"a": {"b": 1, "b": 2}}'),
    ("bigint", "integer", "9223372036854775807"),
)
# One and the same table before and after, whose type of its own changes.
SWAPPED_ASKED = (
    ("CREATE TYPE public.k AS (a numeric(10,{}), b int)", "4", "2", "(1.5555,1)"),
    ("CREATE DOMAIN public.k AS numeric(10,{})", "4", "2", "1.5555"),
    ("CREATE TYPE public.i AS (a numeric(10,{})); CREATE TYPE public.k AS (i public.i)", "4", "2", '("(1.5555)")'),
    ("CREATE DOMAIN public.i AS numeric(10,{}); CREATE TYPE public.k AS (i public.i)", "4", "2", "(1.5555)"),
    ("CREATE TABLE public.k (a numeric(10,{}), b int)", "4", "2", "(1.5555,1)"),
    ("CREATE TYPE public.k AS (a {}, b int)", "timestamptz", "date", '("2026-01-01 13:45+00",1)'),
    ("CREATE TYPE public.k AS RANGE (SUBTYPE = {})", "timestamp", "date", "[2026-01-01 10:00,2026-02-01 11:00)"),
    ("CREATE TYPE public.k AS RANGE (SUBTYPE = {})", "float8", "real", "[0.123456789,2)"),
)
# Two types of one shape before and after; the column goes from the one to the other.
OTHERS = (
    ("(a int, b int)", "(b int, a int)", "(1,2)", "the names of its attributes"),
    ("(a float8)", "(a real)", "(0.123456789)", "digits"),
    ("(a timestamptz)", "(a date)", '("2026-01-01 13:45+00")', "the time"),
    ("RANGE (SUBTYPE = float8)", "RANGE (SUBTYPE = real)", "[0.123456789,2)", "digits"),
)
SWAPPED_REFUSED = (
    ("CREATE DOMAIN public.k AS varchar({})", "9", "3", "abcdef"),
    ("CREATE DOMAIN public.k AS varchar({})", "9", "3", "abc  "),
    ("CREATE TYPE public.k AS (a varchar({}), b int)", "9", "3", "(abcdef,1)"),
    ("CREATE TYPE public.k AS (a varchar({}), b int)", "9", "3", '("abc  ",1)'),
    ("CREATE TYPE public.k AS (a {})", "inet", "cidr", "(10.1.2.3/24)"),
    ("CREATE TYPE public.k AS RANGE (SUBTYPE = {})", "bigint", "int", "[1,9223372036854775807)"),
)
TYPES = "CREATE TYPE public.mood AS ENUM ('calm  '); CREATE DOMAIN public.code AS varchar(3);"


def between(server: Server, first: str, second: str, *allowed: str) -> Plan:
    with server.connect(first) as current, server.connect(second) as desired:
        return build_plan(current, desired, None, PlanOptions(allow=frozenset(allowed)))


def pair(database: Callable[[str], str], old: str, new: str, value: str) -> tuple[str, str]:
    text = value.replace("'", "''")
    before = database(f"{TYPES} CREATE TABLE public.t (c {old}); INSERT INTO public.t VALUES (NULL), ('{text}')")
    return before, database(f"{TYPES} CREATE TABLE public.t (c {new})")


@pytest.mark.parametrize(("old", "new", "value"), ASKED, ids=[f"{old} to {new}" for old, new, _ in ASKED])
def test_what_a_value_would_lose_needs_a_permission(
    server: Server, database: Callable[[str], str], old: str, new: str, value: str
) -> None:
    before, after = pair(database, old, new, value)
    with pytest.raises(DiffError) as raised:
        between(server, before, after)
    assert raised.value.code == "not-allowed"
    assert "public.t.c loses " in str(raised.value.cause)


@pytest.mark.parametrize(
    ("old", "new", "value"), REFUSED, ids=[f"{old} to {new}: {text}" for old, new, text in REFUSED]
)
def test_a_value_that_does_not_fit_stops_the_migration(
    server: Server,
    database: Callable[[str], str],
    apply: Callable[[Plan, str], None],
    old: str,
    new: str,
    value: str,
) -> None:
    before, after = pair(database, old, new, value)
    found = between(server, before, after)
    assert "may-fail" in {hazard.code for hazard in found.hazards}
    with pytest.raises(TaskError):
        apply(found, before)


def swapped(database: Callable[[str], str], types: str, old: str, new: str, value: str) -> tuple[str, str]:
    table = "CREATE TABLE public.t (c public.k, cs public.k[])"
    rows = f"INSERT INTO public.t VALUES (NULL, NULL), ('{value}', ARRAY['{value}'::public.k])"
    return database(f"{types.format(old)}; {table}; {rows}"), database(f"{types.format(new)}; {table}")


@pytest.mark.parametrize("case", SWAPPED_ASKED, ids=lambda case: " ".join(case[:3]))
def test_what_a_value_of_a_changed_type_would_lose_needs_a_permission(
    server: Server, database: Callable[[str], str], case: tuple[str, str, str, str]
) -> None:
    with pytest.raises(DiffError) as raised:
        between(server, *swapped(database, *case))
    assert raised.value.code == "not-allowed"
    assert re.search("public\\..* loses? (digits|the time)", str(raised.value.cause))


@pytest.mark.parametrize(("old", "new", "value", "loses"), OTHERS)
def test_what_goes_by_its_place_or_its_text_needs_a_permission(
    server: Server, database: Callable[[str], str], old: str, new: str, value: str, loses: str
) -> None:
    types = f"CREATE TYPE public.k AS {old}; CREATE TYPE public.l AS {new};"
    table = "CREATE TABLE public.t (c public.{0}, cs public.{0}[]);"
    before = database(f"{types} {table.format('k')} INSERT INTO public.t (c) VALUES (NULL), ('{value}')")
    with pytest.raises(DiffError) as raised:
        between(server, before, database(f"{types} {table.format('l')}"))
    assert raised.value.code == "not-allowed"
    assert f"public.t.c loses {loses}" in str(raised.value.cause)
    assert f"public.t.cs loses {loses}" in str(raised.value.cause)


@pytest.mark.parametrize("case", SWAPPED_REFUSED, ids=lambda case: " ".join(case))
def test_a_value_that_does_not_fit_a_changed_type_stops_the_migration(
    server: Server,
    database: Callable[[str], str],
    apply: Callable[[Plan, str], None],
    case: tuple[str, str, str, str],
) -> None:
    before, after = swapped(database, *case)
    found = between(server, before, after)
    assert "may-fail" in {hazard.code for hazard in found.hazards}
    with pytest.raises(TaskError):
        apply(found, before)


def test_rows_that_fit_are_not_asked_about(
    server: Server, database: Callable[[str], str], apply: Callable[[Plan, str], None]
) -> None:
    first = "CREATE TABLE public.t (a text, b text[], c inet, d int); INSERT INTO public.t VALUES ('abc', '{abc}', '10.0.0.1', 1)"
    before, after = database(first), database("CREATE TABLE public.t (a varchar(3), b varchar(3)[], c cidr, d boolean)")
    apply(between(server, before, after), before)
    with server.connect(before) as connection:
        assert connection.execute("SELECT a, b, c::text, d FROM public.t").fetchone() == (
            "abc",
            ["abc"],
            "10.0.0.1/32",
            True,
        )
