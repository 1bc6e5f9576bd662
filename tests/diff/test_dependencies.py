"""pg_depend as numbers side by side is pg_depend still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from supabase_tasks.diff.catalog import dependencies
from supabase_tasks.diff.catalog.dependencies import Dependencies, pack
from supabase_tasks.diff.catalog.item import address, whole
from supabase_tasks.diff.reader import read_snapshot

Row = tuple[int, int, int, int, int, int, str]

# Catalogs have OIDs of PostgreSQL's own, objects any; a table has at most 1,600 columns. PostgreSQL documentation,
# pg_depend: deptype.
CATALOG, OID, PART = st.integers(1, 16383), st.integers(0, 2**32 - 1), st.integers(0, 1600)
PLACES = st.tuples(CATALOG, OID, PART)
ROW = st.tuples(CATALOG, OID, PART, CATALOG, OID, PART, st.sampled_from("naiexPSIp"))
CLASS, RULE = 1259, 2618


@given(st.lists(ROW))
def test_rows_come_back_as_they_were_and_in_their_order(rows: list[Row]) -> None:
    wanted = [(address(*row[:3]), address(*row[3:6]), row[6]) for row in rows]
    assert list(dependencies._unpack(pack(rows))) == wanted


@given(st.lists(ROW))
def test_rows_may_come_one_at_a_time_and_as_lists(rows: list[Row]) -> None:
    assert pack(list(row) for row in rows) == pack(rows)


@given(PLACES, PLACES)
def test_two_places_never_have_one_address(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    assert (address(*one) == address(*other)) == (one == other)
    assert whole(address(*one)) == address(*one[:2], 0)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_who_needs_whom_is_the_reverse_of_who_is_used_by_whom(pairs: list[tuple[int, int]]) -> None:
    key = {oid: ("table", ("public", f"t{oid}")) for oid in range(1, 7)}
    rows = [(CLASS, one, 0, CLASS, other, 0, "n") for one, other in pairs]
    found = Dependencies({address(CLASS, oid, 0): name for oid, name in key.items()}, pack(rows))
    needs = {(one, other) for one, others in found.needs.items() for other in others}
    assert needs == {(one, other) for other, ones in found.users.items() for one in ones}
    assert needs == {(key[one], key[other]) for one, other in pairs if one != other}


def test_what_is_no_object_of_ours_stands_for_its_owner() -> None:
    table, view, column = ("table", ("public", "t")), ("view", ("public", "v")), ("column", ("public", "t", "c"))
    addresses = {address(CLASS, 20000, 0): table, address(CLASS, 20000, 1): column, address(CLASS, 20010, 0): view}
    rows = [
        # The view's rule needs the table's column; the rule belongs to the view.
        (RULE, 20011, 0, CLASS, 20010, 0, "i"),
        (RULE, 20011, 0, CLASS, 20000, 1, "n"),
        # A column that is no object by itself stands for its table, an unknown object for none.
        (CLASS, 20010, 0, CLASS, 20000, 7, "n"),
        (CLASS, 20010, 0, CLASS, 30000, 0, "n"),
    ]
    assert Dependencies(addresses, pack(rows)).needs == {view: {column, table}}


def test_system_columns_stand_for_their_table(
    database: Callable[[str], str], connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    # PostgreSQL records their numbers, which are negative.
    found = read_snapshot(
        connect(
            database(
                "create table t (a int, check (tableoid > 0)); create view v as select tableoid, ctid, xmin from t;"
            )
        )
    )
    assert ("table", ("public", "t")) in found.dependencies.needs["view", ("public", "v")]
    assert ("view", ("public", "v")) in found.dependencies.users["table", ("public", "t")]
