"""Queries that name columns by their places: never called equal, nor migrated, where they would read other columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supabase_tasks.diff.catalog import row_lists
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.diff.proof import proof
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.errors import DiffError
from supabase_tasks.postgres import Server

Make = Callable[[str], str]
ROWS = {"public.f": {("a", "b"), ("x",)}}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("SELECT a FROM public.f() f(a, b);", "SELECT a FROM public.f() f;"),
        (
            "SELECT q.a FROM public.f('(', \"x)\") q(a, b), public.f(1) r(x)",
            "SELECT q.a FROM public.f('(', \"x)\") q, public.f(1) r",
        ),
        ("FROM public.f() WITH ORDINALITY q(a, b, ordinality)", "FROM public.f() WITH ORDINALITY q"),
        # The table got its second column later.
        (
            "FROM public.f() q(a), public.f() WITH ORDINALITY r(a, ordinality)",
            "FROM public.f() q, public.f() WITH ORDINALITY r",
        ),
        ("FROM public.f() q(b, a)", "FROM public.f() q(b, a)"),
        ("FROM public.f() q(a, b, n)", "FROM public.f() q(a, b, n)"),
        ("FROM public.f2() q(a, b), other.public.f() r(a, b)", "FROM public.f2() q(a, b), other.public.f() r(a, b)"),
        ("SELECT public.f(a) AND coalesce(a, b)", "SELECT public.f(a) AND coalesce(a, b)"),
    ],
)
def test_names_that_are_the_columns_own_are_left_out(text: str, left: str) -> None:
    assert row_lists.without_own_names(text, ROWS) == left


def test_of_a_child_whose_order_is_not_known_all_columns_are_its_own() -> None:
    rows = {"public.f": {frozenset({"a", "b"})}}
    assert (
        row_lists.without_own_names("public.f() q(b, a), public.f() r(b, n)", rows)
        == "public.f() q, public.f() r(b, n)"
    )


@pytest.fixture
def planned(server: Server, database: Make) -> Callable[[str, str], Plan]:
    def plan(current: str, desired: str) -> Plan:
        with server.connect(database(current)) as first, server.connect(database(desired)) as second:
            return build_plan(first, second, None, PlanOptions())

    return plan


FUNCTION = "create function f() returns setof t language sql as 'select * from t';"
QUERIES = {
    "view": ("view public.v", "create view v as select q.j from t q(i, j);"),
    "materialized view": ("materialized view public.v", "create materialized view v as select q.j from t q(i, j);"),
    "joined": ("view public.v", "create view v as select q.j from auth.users u join t as q(i, j) on true;"),
    "function of rows": ("view public.v", FUNCTION + "create view v as select q.j from f() q(i, j);"),
    "policy": ("policy public.t.p", "create policy p on t using (exists (select from t q(i, j) where q.j > 1));"),
    "rule": ("rule public.t.r", "create rule r as on delete to t do also select q.j from t q(i, j);"),
    "body": (
        "function public.g.",
        "create function g() returns int language sql begin atomic select q.j from t q(i, j); end;",
    ),
}
ORDERS = ("create table t (a int, b int);", "create table t (b int, a int);")
ADDED = ("create table t (a int, b int);", "create table t (a int, c int, b int);")


@pytest.mark.server
@pytest.mark.parametrize("orders", [ORDERS, ADDED], ids=["another order", "a column in the middle"])
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_that_would_read_another_column_is_refused(
    planned: Callable[[str, str], Plan], name: str, orders: tuple[str, str]
) -> None:
    named, query = QUERIES[name]
    for before in (orders[0] + query, orders[0]):
        with pytest.raises(DiffError, match="would read other columns") as caught:
            planned(before, orders[1] + query)
        assert caught.value.code == "impossible"
        assert caught.value.data["objects"][0].startswith(named)
        assert "(a, b" in str(caught.value.next_step)


@pytest.mark.server
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_by_places_that_stay_is_planned(planned: Callable[[str, str], Plan], name: str) -> None:
    _, query = QUERIES[name]
    assert planned(ORDERS[0], ORDERS[0] + query).sql
    assert planned(ORDERS[0] + query, ORDERS[0] + query).empty
    # A table that is new has the models' order.
    assert planned("", ORDERS[1] + query).sql


@pytest.mark.server
def test_the_proof_calls_no_two_texts_equal_that_read_different_columns(server: Server, database: Make) -> None:
    def snapshot(text: str) -> Any:
        with server.connect(database(text)) as connection:
            return read_snapshot(connection)

    query = QUERIES["view"][1]
    (found,) = proof.compare(snapshot(ORDERS[0] + query), snapshot(ORDERS[1] + query))
    assert found == {"object": "view public.v", "current": "public.t has a, b", "desired": "public.t has b, a"}
