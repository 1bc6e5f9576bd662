"""What depends on a change: refused by name where PostgreSQL has no way, asked about where values go, kept or failing
on the rows by itself otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl.names import cut, free_name, helper_name
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.errors import DiffError, MigrationError
from supabase_tasks.postgres import Server

Make = Callable[[str], str]
Apply = Callable[[Plan, str], None]
Planned = Callable[..., Plan]


@pytest.fixture
def planned(server: Server, database: Make) -> Planned:
    def made(current: str, desired: str, **options: Any) -> Plan:
        with server.connect(database(current)) as first, server.connect(database(desired)) as second:
            return build_plan(first, second, None, PlanOptions(**options))

    return made


ENUM = "create type area as enum ('eu', 'us', 'test');"
KEYS = {
    "enum": (ENUM + "create table o (id int, area area) partition by list (area);", "'us', 'test'", "'us'"),
    "array of an enum": (
        ENUM + "create table o (id int, area area[]) partition by list (area);",
        "'us', 'test'",
        "'us'",
    ),
    "domain": (
        "create domain area as int; create table o (id int, area area) partition by range (area);",
        "area as int",
        "area as bigint",
    ),
    "plain type": ("create table o (id int, area int) partition by hash (area);", "area int", "area bigint"),
    "expression": (
        "create table o (id int, area int) partition by list (abs(area));",
        "area int",
        "area bigint",
    ),
    "partition's own": (
        "create table p (id int, area int) partition by list (id);"
        "create table o partition of p for values in (1) partition by range (area);",
        "area int",
        "area bigint",
    ),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_partition_key_does_not_change_its_type(planned: Planned, name: str) -> None:
    before, old, new = KEYS[name]
    with pytest.raises(DiffError) as caught:
        planned(before, before.replace(old, new), allow=frozenset({"data-loss"}))
    assert caught.value.code == "impossible"
    assert "column public.o.area" in caught.value.message
    assert "partition key of public.o" in (caught.value.cause or "")
    assert "inv schema-generate --custom" in (caught.value.next_step or "")


def test_rows_that_are_published_in_part_and_without_an_identity_are_not_written(planned: Planned) -> None:
    before = "create table public.t (a int, b text, c int); create publication p for table public.t (a, b);"
    with pytest.raises(DiffError) as caught:
        planned(before, before.replace("b text", "b text not null"), defaults={"public.t.b": "'x'"})
    assert (caught.value.code, caught.value.data["objects"]) == ("impossible", ["table public.t"])
    assert "no replica identity" in (caught.value.cause or "")


DOMAINS = {
    "check": ("create domain d as text check (value <> 'never');", "d default 'x'", True),
    "NOT NULL of the domain below": ("create domain e as int not null; create domain d as e;", "d default 1", True),
    "no demand": ("create domain d as int default 3;", "d", False),
    "array": ("create domain d as int check (value > 0);", "d[]", False),
}


@pytest.mark.parametrize("name", DOMAINS)
def test_a_column_of_a_checked_domain_is_not_added_to_rows_that_are_values(planned: Planned, name: str) -> None:
    made, column, refused = DOMAINS[name]
    before = f"{made} create table public.t (id int); create table public.u (r public.t, rs public.t[]);"
    after = before.replace("id int)", f"id int, k {column})")
    if not refused:
        assert "ADD COLUMN k" in planned(before, after).sql
        return
    with pytest.raises(DiffError) as caught:
        planned(before, after)
    assert (caught.value.code, caught.value.data["objects"]) == ("impossible", ["column public.t.k"])
    assert "holds rows of public.t" in (caught.value.cause or "")


def test_attributes_do_not_change_places_inside_of_rows_that_wait_as_text(planned: Planned) -> None:
    rest = "create table public.t (id int, p pair, ps pair[]); create table public.u (rows public.t[]);"
    with pytest.raises(DiffError) as caught:
        planned("create type pair as (x int, y int);" + rest, "create type pair as (y int, x int);" + rest)
    assert (caught.value.code, caught.value.data["objects"]) == ("impossible", ["composite public.pair"])
    assert "inside of the rows that public.u.rows holds" in (caught.value.cause or "")


@pytest.mark.parametrize("kind", ["view", "materialized view"])
def test_a_view_whose_rows_a_column_holds_keeps_its_columns(planned: Planned, kind: str) -> None:
    before = f"create table public.t (a int, b int); create {kind} public.v as select a, b from public.t;"
    rest = "create type public.c as (v public.v); create table public.u (c public.c[]);"
    with pytest.raises(DiffError) as caught:
        planned(before + rest, before.replace("select a, b", "select b, a") + rest)
    assert (caught.value.code, caught.value.data["objects"]) == ("impossible", [f"{kind} public.v"])
    assert "composite" not in str(caught.value.message)


def test_a_partition_that_changes_its_bound_tunes_the_index_that_it_gets(planned: Planned) -> None:
    made = (
        "create table public.p (k int, w int) partition by range (k); create index p_w on public.p (w{0});"
        "create table public.p1 partition of public.p for values from (0) to ({1});"
        "alter index public.p1_w{2}_idx rename to own; alter index public.own set (fillfactor = {3});"
    )
    sql = planned(made.format("", 10, "", 50), made.format(", k", 20, "_k", 60)).sql
    assert sql.rstrip().endswith(
        "ALTER INDEX public.p1_w_k_idx RENAME TO own;\n\nALTER INDEX public.own SET (fillfactor = 60);"
    )


def test_what_a_table_inherits_twice_changes_its_type(planned: Planned) -> None:
    before = "create table a (k int); create table b (k int); create table c () inherits (a, b);"
    sql = planned(before, before.replace("k int", "k bigint")).sql
    assert [line for line in sql.splitlines() if line.startswith("ALTER")] == [
        "ALTER TABLE public.c NO INHERIT public.b;",
        "ALTER TABLE public.a ALTER COLUMN k TYPE bigint;",
        "ALTER TABLE public.b ALTER COLUMN k TYPE bigint;",
        "ALTER TABLE public.c INHERIT public.b;",
    ]


def test_what_a_table_inherits_on_two_ways_from_one_table_changes_its_type(planned: Planned) -> None:
    before = "create table a (k int); create table b () inherits (a); create table c () inherits (a);"
    both = before + "create table d () inherits (b, c);"
    assert "ALTER TABLE public.a ALTER COLUMN k TYPE bigint" in planned(both, both.replace("k int", "k bigint")).sql


def test_a_new_value_in_the_enum_of_a_partition_key_is_no_change_of_type(planned: Planned) -> None:
    before, _, _ = KEYS["enum"]
    assert "ADD VALUE 'asia'" in planned(before, before.replace("'test'", "'test', 'asia'")).sql


def test_a_function_in_a_partition_key_is_not_dropped(planned: Planned) -> None:
    before = "create function f(a int) returns int language sql immutable return a % 4;"
    table = "create table m (id int) partition by list (f(id));"
    with pytest.raises(DiffError) as caught:
        planned(before + table, before.replace("a int", "a int, b int default 1") + table)
    assert (caught.value.code, caught.value.data["objects"]) == ("impossible", ["table public.m"])
    assert "public.f(integer)" in (caught.value.cause or "")


def test_a_computed_column_is_not_added_to_rows_that_are_values_elsewhere(planned: Planned) -> None:
    before = "create table t (id int); create table log (old t[]);"
    with pytest.raises(DiffError) as caught:
        planned(before, before.replace("id int", "id int, n int generated always as (id + 1) stored"))
    assert caught.value.data["objects"] == ["column public.t.n"]
    assert "public.log.old holds rows of public.t" in (caught.value.cause or "")


@pytest.mark.parametrize(
    "after", ["k int generated always as (id + 1) stored", "k bigint generated always as (f(id)) stored"]
)
def test_a_computed_column_is_not_made_anew_in_rows_that_are_values_elsewhere(planned: Planned, after: str) -> None:
    """PostgreSQL refused the plan: "cannot alter table … because column … uses its row type"."""
    function = "create function f(a int) returns text language sql immutable return a::text;"
    before = (
        f"{function} create table t (id int, k text generated always as (f(id)) stored); create table log (old t[]);"
    )
    other = function.replace("returns text", "returns bigint").replace("a::text", "a::bigint")
    with pytest.raises(DiffError) as caught:
        planned(before, f"{other} create table t (id int, {after}); create table log (old t[]);")
    assert caught.value.data["objects"] == ["column public.t.k"]
    assert "public.log.old holds rows of public.t" in (caught.value.cause or "")


HOLDERS = {
    "column": "create table person (addr addr);",
    "array": "create table person (addr addr[]);",
    "nested": "create type outer_ as (inner_ addr); create table person (addr outer_);",
    "domain": "create domain wrapped as addr; create table person (addr wrapped);",
}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("after", ["town text, street text", "street text, town text"])
def test_an_attribute_that_goes_with_its_values_is_asked_about(planned: Planned, holder: str, after: str) -> None:
    before = "create type addr as (street text, zip text, town text);"
    with pytest.raises(DiffError) as caught:
        planned(before + HOLDERS[holder], f"create type addr as ({after});" + HOLDERS[holder])
    assert caught.value.code == "not-allowed"
    assert "attribute zip of public.addr" in (caught.value.cause or "")


PAIR = "create type pair as (first text, last text); create table t (p pair[], q pair);"
SWAPPED = "create type pair as (last {}, first text); create table t (p pair[], q pair);"


@pytest.mark.parametrize(
    ("rows", "last", "why"),
    [
        ("(array[array[row('a', 'b')::pair]], null)", "text", "more than one dimension"),
        ("(array[row('a', 'too long')::pair], null)", "varchar(3)", "too long"),
        ("(null, row('a', 'too long'))", "varchar(3)", "too long"),
    ],
)
def test_what_cannot_be_converted_fails_on_the_rows(
    planned: Planned, database: Make, apply: Apply, rows: str, last: str, why: str
) -> None:
    plan = planned(PAIR, SWAPPED.format(last))
    with pytest.raises(MigrationError) as caught:
        apply(plan, database(f"{PAIR} insert into t values {rows};"))
    assert why in (caught.value.cause or caught.value.message)


def test_a_plan_says_that_it_may_fail_only_where_a_value_goes(planned: Planned) -> None:
    before = "create type mood as enum ('a', 'b', 'c'); create table t (m mood[]);"
    reordered, less = before.replace("'b', 'c'", "'c', 'b'"), before.replace(", 'c'", "")
    assert "may fail" not in planned(before, reordered).sql
    assert "may fail" in planned(before, less).sql


def test_names_of_helpers_are_free_and_as_long_as_names_may_be() -> None:
    assert free_name("mood__old", {"mood"}) == "mood__old"
    assert free_name("mood__old", {"mood__old", "mood__old_2"}) == "mood__old_3"
    assert free_name("w" * 70, {"w" * 63}) == "w" * 61 + "_2"
    assert len(free_name("é" * 60 + "__old", set()).encode()) <= 63
    assert cut("éé", 3) == "é"
    long = "t" * 60
    assert helper_name("t", "c", "not_null") == "t_c_not_null"
    names = {helper_name(long, column, "not_null") for column in ("a", "b")}
    assert len(names) == 2
    assert all(len(name) == 63 for name in names)


def test_what_holds_values_of_a_type_is_found_however_deep(database: Make, connect: Callable[[str], Any]) -> None:
    found = read_snapshot(
        connect(
            database(
                "create type e as enum ('a'); create domain d as e[]; create type c as (x d, y int);"
                "create type r as range (subtype = e); create table t (k c, n int);"
                "create table u (rows_ t[], m r_multirange, plain e);"
            )
        )
    ).stored
    enum: Key = ("enum", ("public", "e"))
    assert found.holders(enum) == [
        ("column", ("public", "u", "plain")),
        ("domain", ("public", "d")),
        ("range", ("public", "r")),
    ]
    assert [key[1][2] for key in found.columns(enum)] == ["k", "m", "plain"]
    assert [key[1][2] for key in found.columns(("table", ("public", "t")))] == ["rows_"]
    assert found.is_nested(enum)
    assert not found.is_nested(("range", ("public", "r")))
