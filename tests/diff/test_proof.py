from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from alembic.operations import ops
from alembic.operations.ops import ModifyTableOps

from supabase_tasks.diff.ddl.hazards import data_loss
from supabase_tasks.diff.ddl.operations import CreateObject, TableClause
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan, PlannedFile
from supabase_tasks.diff.proof import refusals
from supabase_tasks.diff.proof.proof import prove
from supabase_tasks.errors import ProofError
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
    table = "CREATE TABLE public.t (id int GENERATED ALWAYS AS IDENTITY);"
    current = database(table)
    desired = database(f"{table} ALTER SEQUENCE public.t_id_seq SET UNLOGGED")
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, Plan(), desired)
    assert [item["object"] for item in caught.value.data["residue"]] == ["sequence public.t_id_seq"]


def test_a_plan_that_does_not_run_is_refused(server: Server, settings: Settings, database: Make) -> None:
    current = database("")
    bad = Plan(files=(PlannedFile("bad", "SELECT nothing_like_that();", ()),))
    with pytest.raises(ProofError, match="the plan for 'SELECT"):
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


def refused(server: Server, settings: Settings, before: str, after: str, database: Make, **options: Any) -> ProofError:
    current, desired = database(before), database(after)
    with server.scratch(current) as clone, server.connect(clone) as now, server.connect(desired) as then:
        plan = build_plan(now, then, None, PlanOptions(allow=frozenset({"data-loss"}), **options))
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, plan, desired)
    return caught.value


ROWS = {
    "null": ("a int", "a int NOT NULL", "NULL", "--default public.t.a=", "column public.t.a"),
    "duplicate": ("a int", "a int UNIQUE", "1), (1", "--custom --name correct_rows", "constraint public.t.t_a_key"),
    "value": ("a text", "a int", "'x'", "--custom --name correct_rows", "column public.t.a"),
    "check": ("a int", "a int CHECK (a > 5)", "1", "--custom --name correct_rows", "constraint public.t.t_a_check"),
}


@pytest.mark.parametrize(("old", "new", "value", "help_", "what"), ROWS.values(), ids=ROWS)
def test_rows_that_do_not_fit_are_not_the_fault_of_a_file(
    old: str, new: str, value: str, help_: str, what: str, server: Server, settings: Settings, database: Make
) -> None:
    before = f"CREATE TABLE public.t (b int, {old}); INSERT INTO public.t (a) VALUES ({value})"
    error = refused(server, settings, before, f"CREATE TABLE public.t (b int, {new})", database)
    assert error.code == "rows-do-not-fit"
    assert what in error.data["objects"]
    assert what in error.message
    assert help_ in str(error.next_step)
    assert ".sql" not in f"{error.message} {error.cause} {error.next_step}"


FORBIDDEN = {
    "owner": ("CREATE TABLE public.t (a int)", "ALTER TABLE public.t OWNER TO supabase_admin", "owner table.public.t"),
    "language": (
        "SELECT 1",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE internal AS 'pg_backend_pid';"
        "ALTER FUNCTION public.f() OWNER TO postgres",
        "function public.f.",
    ),
}


@pytest.mark.parametrize(("before", "more", "what"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_the_role_may_not_do_is_no_fault_of_the_tool(
    before: str, more: str, what: str, server: Server, settings: Settings, database: Make
) -> None:
    current, desired = database(before), database(before)
    with psycopg.connect(server.url(desired, "supabase_admin"), autocommit=True) as connection:
        connection.execute(more.encode())
    with server.scratch(current) as clone, server.connect(clone) as now, server.connect(desired) as then:
        plan = build_plan(now, then, None, PlanOptions())
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, plan, desired)
    assert caught.value.code == "not-allowed"
    assert what in caught.value.message
    assert f'"{what.replace(" ", ":", 1)}"' in str(caught.value.next_step)


FAULTS = {
    "drop": ("DROP TABLE public.nothing", "table public.nothing", ops.DropTableOp("nothing", schema="public")),
    "function": (
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'select nothing'",
        "function public.f()",
        CreateObject(
            "function", ("public", "f()"), "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'select nothing'"
        ),
    ),
    "clause": (
        "ALTER TABLE public.t\n    ADD COLUMN x int,\n    DROP COLUMN y",
        "column public.t.y",
        ModifyTableOps(
            "t", [TableClause("column", ("public", "t", "y"), "public.t", "DROP COLUMN y")], schema="public"
        ),
    ),
}


@pytest.mark.parametrize(("sql", "what", "operation"), FAULTS.values(), ids=FAULTS)
def test_a_plan_that_postgresql_refuses_says_whose_fault_it_is(
    sql: str, what: str, operation: Any, server: Server, settings: Settings, database: Make
) -> None:
    current = database("CREATE TABLE public.t (a int)")
    bad = Plan((operation,), files=(PlannedFile("bad", f"{sql};", ()),))
    with pytest.raises(ProofError) as caught:
        prove(server, settings, current, bad, current)
    error = caught.value
    assert (error.code, error.data["objects"]) == ("plan-refused", [what])
    assert error.message.startswith(f"the plan for {what} does not run: ")
    assert "fault of supabase-tasks, not of your schema" in str(error.cause)
    assert str(error.next_step).startswith("inv schema-diff --from migrations --to models --report schema-report.sql")
    assert "bad.sql" not in f"{error.message} {error.cause} {error.next_step} {error.data}"
    moved = refusals.redirect(error, "postgresql://x/y?a=b", "models")
    assert str(moved.next_step).startswith("inv schema-diff --from 'postgresql://x/y?a=b' --to models --report")
