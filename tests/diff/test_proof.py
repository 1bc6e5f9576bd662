from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest

from supabase_tasks.diff.ddl.hazards import data_loss
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan, PlannedFile
from supabase_tasks.diff.proof.proof import prove
from supabase_tasks.errors import MigrationError, ProofError
from supabase_tasks.postgres import Server
from supabase_tasks.settings import Settings

Make = Callable[[str], str]


@pytest.fixture
def planned(server: Server) -> Callable[[str, str], Plan]:
    def made(current: str, desired: str) -> Plan:
        with server.connect(current) as first, server.connect(desired) as second:
            return build_plan(first, second, None, PlanOptions())

    return made


def test_a_right_migration_is_proven(
    server: Server, settings: Settings, database: Make, planned: Callable[[str, str], Plan]
) -> None:
    current, desired = database("CREATE TABLE public.t (a int)"), database("CREATE TABLE public.t (a int, b text)")
    prove(server, settings, current, planned(current, desired), desired)


def test_a_wrong_migration_names_what_is_left(
    server: Server, settings: Settings, database: Make, planned: Callable[[str, str], Plan]
) -> None:
    current, desired = database("CREATE TABLE public.t (a int)"), database("CREATE TABLE public.t (a int, b text)")
    wrong = "ALTER TABLE public.t ADD COLUMN b varchar;"
    spoilt = replace(planned(current, desired), files=(PlannedFile("x", wrong, (wrong,)),))
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, spoilt, desired)
    assert [item["object"] for item in caught.value.data["residue"]] == ["column public.t.b", "table public.t"]


def test_a_difference_that_no_kind_knows_is_not_passed_over(server: Server, settings: Settings, database: Make) -> None:
    current, desired = database(""), database("CREATE COLLATION public.c (locale = 'C')")
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, Plan(), desired)
    assert [item["object"] for item in caught.value.data["residue"]] == ["collation public.c"]


def test_a_file_that_does_not_apply_says_where(server: Server, settings: Settings, database: Make) -> None:
    current = database("")
    bad = Plan(files=(PlannedFile("bad", "SELECT nothing_like_that();", ()),))
    with pytest.raises(MigrationError):
        prove(server, settings, current, bad, current)


def test_the_template_is_left_as_it_was(
    server: Server, settings: Settings, database: Make, planned: Callable[[str, str], Plan]
) -> None:
    current, desired = database(""), database("CREATE TABLE public.t (a int)")
    prove(server, settings, current, planned(current, desired), desired)
    with server.connect(current) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT FROM public.t")


def test_rows_that_do_not_survive_are_named(server: Server, settings: Settings, database: Make) -> None:
    current = database("CREATE TABLE public.t (a int); INSERT INTO public.t VALUES (1), (2)")
    files = (PlannedFile("x", "DELETE FROM public.t WHERE a = 1;", ()),)
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, Plan(files=files), current)
    assert caught.value.data["losses"] == ["public.t: 2 rows before, 1 after"]


def test_a_table_made_anew_lost_its_rows(server: Server, settings: Settings, database: Make) -> None:
    current = database("CREATE TABLE public.t (a int); INSERT INTO public.t VALUES (1)")
    files = (PlannedFile("x", "DROP TABLE public.t; CREATE TABLE public.t (a int);", ()),)
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, Plan(files=files), current)
    assert caught.value.code == "rows-lost"


def test_a_loss_that_the_plan_names_is_no_surprise(server: Server, settings: Settings, database: Make) -> None:
    current = database("CREATE TABLE public.t (a int); INSERT INTO public.t VALUES (1)")
    empty = database("")
    files = (PlannedFile("x", "DROP TABLE public.t;", ()),)
    hazards = (data_loss("public.t", "table public.t is dropped with its rows"),)
    prove(server, settings, current, Plan(files=files, hazards=hazards), empty)
