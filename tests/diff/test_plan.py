from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from supabase_tasks.diff.catalog import unmodelled
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.errors import DiffError, UnansweredError
from supabase_tasks.postgres import Server

Make = Callable[[str], str]
Planned = Callable[..., Plan]
T = "CREATE TABLE public.t (id int PRIMARY KEY, a text);"


@pytest.fixture
def planned(server: Server, database: Make) -> Planned:
    """Plans from one SQL text to another."""

    def made(current: str, desired: str, **options: Any) -> Plan:
        with server.connect(database(current)) as first, server.connect(database(desired)) as second:
            return build_plan(first, second, None, PlanOptions(**options))

    return made


def test_equal_databases_need_nothing(planned: Planned) -> None:
    found = planned(T, T)
    assert (found.empty, found.sql, found.header) == (True, "", "")


def test_one_new_column_is_a_few_lines(planned: Planned) -> None:
    found = planned(T, T + "ALTER TABLE public.t ADD COLUMN b text")
    assert found.slug == "add_t_b"
    assert found.sql == (
        "-- +1 column\n"
        "--   lock: ACCESS EXCLUSIVE on public.t briefly\n\n"
        "SET lock_timeout = '5s';\n\n"
        "ALTER TABLE public.t ADD COLUMN b text;\n"
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("ALTER TABLE public.t ADD COLUMN b text NOT NULL DEFAULT ''; CREATE INDEX ON public.t (b)", False),
        ("ALTER TABLE public.t ADD COLUMN b int DEFAULT 1 REFERENCES public.t (id)", False),
        ("ALTER TABLE public.t ADD COLUMN b numeric(10,2) NOT NULL DEFAULT 0", False),
        ("ALTER TABLE public.t ADD COLUMN b timestamp(3) with time zone NOT NULL DEFAULT now()", False),
        ("ALTER TABLE public.t ADD COLUMN b text; CREATE INDEX ON public.t (b, a)", True),
        ("ALTER TABLE public.t ADD COLUMN b int GENERATED ALWAYS AS (length(a)) STORED", True),
        ("ALTER TABLE public.t ADD CHECK (length(a) > 1 OR id = 2)", True),
        ("CREATE TABLE public.u (x int)", True),
        ("ALTER TABLE public.t ADD CHECK (a IN ('x', 'y'))", True),
        ("ALTER TABLE public.t ADD CHECK (a ~ '^(x|y)$')", True),
        ("ALTER TABLE public.t ADD COLUMN b text[] DEFAULT '{x,y}'", True),
        ("CREATE TYPE public.e AS ENUM ('x', 'y')", True),
    ],
)
def test_an_order_is_looked_for_only_where_there_may_be_one(planned: Planned, change: str, expected: bool) -> None:
    assert planned(T, T + change).may_keep_order is expected


def test_nothing_is_locked_where_everything_is_new(planned: Planned) -> None:
    assert "SET lock_timeout" not in planned("", T).sql


def test_a_loss_of_data_needs_the_word(planned: Planned) -> None:
    with pytest.raises(DiffError) as caught:
        planned(T, "")
    assert caught.value.code == "not-allowed"
    assert caught.value.data["hazards"][0]["code"] == "data-loss"
    assert "--allow data-loss" in (caught.value.next_step or "")


def test_a_new_column_without_a_value_is_a_question(planned: Planned) -> None:
    with pytest.raises(UnansweredError) as caught:
        planned(T, T + "ALTER TABLE public.t ADD COLUMN b text NOT NULL")
    assert caught.value.data["unanswered"] == [
        {
            "question": "value",
            "kind": "column",
            "new": "public.t.b",
            "type": "text",
            "answers": ["--default \"public.t.b=''\""],
        }
    ]


def test_an_answered_value_fills_the_rows(
    planned: Planned, database: Make, connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    found = planned(T, T + "ALTER TABLE public.t ADD COLUMN b text NOT NULL", defaults={"public.t.b": "upper(a)"})
    connection = connect(database(T + "INSERT INTO public.t VALUES (1, 'x')"))
    for file in found.files:
        connection.execute(file.sql.encode())
    assert connection.execute("SELECT b FROM public.t").fetchone() == ("X",)


def test_a_used_new_enum_value_is_committed_first(planned: Planned) -> None:
    before = "CREATE TYPE public.e AS ENUM ('a'); CREATE TABLE public.t (e public.e)"
    after = "CREATE TYPE public.e AS ENUM ('a', 'b'); CREATE TABLE public.t (e public.e DEFAULT 'b')"
    assert [file.name_hint.endswith("_values") for file in planned(before, after).files] == [True, False]


def test_each_file_counts_its_own_changes(planned: Planned) -> None:
    before = "CREATE TYPE public.e AS ENUM ('a'); CREATE TABLE public.t (e public.e)"
    after = "CREATE TYPE public.e AS ENUM ('a', 'b'); CREATE TABLE public.t (e public.e DEFAULT 'b', b text)"
    heads = [file.sql.split("\n")[0] for file in planned(before, after).files]
    assert heads == ["-- ~1 enum (new enum values, committed before they are used)", "-- +1 column, ~1 column"]


def test_an_unused_new_enum_value_needs_no_file_of_its_own(planned: Planned) -> None:
    files = planned("CREATE TYPE public.e AS ENUM ('a')", "CREATE TYPE public.e AS ENUM ('a', 'b')").files
    assert [file.statements for file in files] == [("ALTER TYPE public.e ADD VALUE 'b';",)]


def test_rows_are_validated_after_a_commit(planned: Planned) -> None:
    files = planned(T, T + "ALTER TABLE public.t ADD CONSTRAINT c CHECK (id > 0)").files
    assert [file.statements[-1] for file in files] == [
        "ALTER TABLE public.t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;",
        "ALTER TABLE public.t VALIDATE CONSTRAINT c;",
    ]


def test_indexes_are_built_concurrently_on_request(planned: Planned) -> None:
    files = planned(T, T + "CREATE INDEX i ON public.t (a)", concurrently=True).files
    assert [file.statements for file in files] == [("CREATE INDEX CONCURRENTLY i ON public.t (a);",)]


def test_timeouts_come_from_the_options(planned: Planned) -> None:
    desired = T + "ALTER TABLE public.t ADD COLUMN b text"
    found = planned(T, desired, lock_timeout="2s", statement_timeout="1min")
    assert "SET lock_timeout = '2s';\nSET statement_timeout = '1min';\n" in found.sql
    assert "SET " not in planned(T, desired, lock_timeout="0").sql


def test_what_no_kind_knows_is_named() -> None:
    one, two = ("language", "pllua", ""), (unmodelled.INVALID, "public.i", "")
    found = unmodelled.differences(frozenset((one, two)), frozenset())
    assert found == ("language pllua (only on the current side)",), "an invalid index can be dropped or built"
    found = unmodelled.differences(frozenset(), frozenset((one, two)))
    assert found == ("invalid index public.i (only on the desired side)", "language pllua (only on the desired side)")
    label = ("security label", "public.t by a")
    found = unmodelled.differences(frozenset(((*label, "x"),)), frozenset(((*label, "y"),)))
    assert found == ("security label public.t by a (differs)",)


def test_ignored_objects_are_not_compared(planned: Planned) -> None:
    assert planned(T, "", ignore=("public.t",)).empty


def test_a_rename_leaves_no_trace_on_the_current_database(
    server: Server, database: Make, connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    name = database(T)
    with server.connect(database(T.replace("a text", "b text"))) as desired, server.connect(name) as current:
        build_plan(current, desired, None, PlanOptions(renames=("public.t.a:public.t.b",)))
    assert connect(name).execute("SELECT a FROM public.t").fetchall() == []


def test_the_json_holds_changes_hazards_and_files(planned: Planned) -> None:
    found = planned(T, T + "ALTER TABLE public.t ADD COLUMN b text").as_json()
    assert found["changes"] == [{"action": "create", "kind": "column", "name": "public.t.b"}]
    assert found["hazards"][0]["lock"] == "ACCESS EXCLUSIVE"
    assert found["files"][0]["name"] == "add_t_b"


_PROGRAM = """
import sys, psycopg
from supabase_tasks.diff.plan.build import build_plan
with psycopg.connect(sys.argv[1]) as first, psycopg.connect(sys.argv[2]) as second:
    sys.stdout.write(build_plan(first, second).sql)
"""


def test_the_output_does_not_depend_on_the_hash_seed(server: Server, database: Make) -> None:
    tables = "".join(
        f"CREATE TABLE public.t{n} (id int PRIMARY KEY, o int REFERENCES public.t{n - 1 if n else 0}, CHECK (id > {n}));"
        f"CREATE INDEX i{n} ON public.t{n} (o); GRANT SELECT ON public.t{n} TO anon, authenticated;"
        for n in range(8)
    )
    urls = [server.url(database("")), server.url(database(tables))]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM, *urls],
            env={**os.environ, "PYTHONHASHSEED": seed, "PGPASSWORD": server.password},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert b"CREATE TABLE public.t7" in outputs.pop()


@pytest.mark.parametrize(
    ("before", "after"),
    [("serial", "int GENERATED BY DEFAULT AS IDENTITY"), ("int GENERATED BY DEFAULT AS IDENTITY", "serial")],
)
def test_a_counter_that_is_replaced_goes_on_counting(
    planned: Planned, database: Make, connect: Callable[[str], psycopg.Connection[Any]], before: str, after: str
) -> None:
    current = f"CREATE TABLE public.t (id {before} PRIMARY KEY, a text)"
    found = planned(current, f"CREATE TABLE public.t (id {after} PRIMARY KEY, a text)", allow=frozenset({"data-loss"}))
    connection = connect(database(current + "; INSERT INTO public.t (a) VALUES ('x'), ('y')"))
    for file in found.files:
        connection.execute(file.sql.encode())
    assert connection.execute("INSERT INTO public.t (a) VALUES ('z') RETURNING id").fetchone() == (3,)


def test_the_strongest_lock_is_told_with_the_longest_span(planned: Planned) -> None:
    found = planned(T, T + "CREATE INDEX i ON public.t (a); ALTER TABLE public.t ADD COLUMN b text")
    assert "--   lock: ACCESS EXCLUSIVE on public.t while every row is read\n" in found.sql


CLOSED = f"{T} ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;"
READS = "CREATE POLICY reads ON public.t FOR SELECT TO authenticated, anon USING (id > 1);"
AVATARS = "CREATE POLICY reads ON storage.objects FOR SELECT TO anon USING (bucket_id = 'a');"


@pytest.mark.parametrize(
    ("current", "desired", "expected"),
    [
        (CLOSED + READS, CLOSED, "policy reads no longer lets anon, authenticated reach rows of public.t"),
        (CLOSED + READS.replace("TO authenticated, anon", ""), CLOSED, "lets PUBLIC reach rows of public.t"),
        (CLOSED + READS.replace("FOR SELECT", "FOR DELETE"), CLOSED, "reach rows of public.t"),
        (AVATARS, "", "policy reads no longer lets anon reach rows of storage.objects"),
        (CLOSED + READS.replace("FOR", "AS RESTRICTIVE FOR"), CLOSED, None),
        # Without an effect before, or the table is open or gone afterwards.
        (T + READS, T, None),
        (CLOSED + READS, T, None),
        (CLOSED + READS, "", None),
        (CLOSED + READS, CLOSED + READS.replace("reads", "looks"), None),
        (CLOSED + READS, CLOSED + READS.replace("SELECT", "DELETE"), None),
    ],
)
def test_a_policy_that_goes_and_leaves_the_table_closed_is_told(
    planned: Planned, current: str, desired: str, expected: str | None
) -> None:
    found = planned(current, desired, allow=frozenset({"data-loss", "rls-widened"})).as_json()["hazards"]
    told = [one["message"] for one in found if one["code"] == "incompatible" and "policy reads" in one["message"]]
    assert (len(told) == 1 and expected in told[0]) if expected else told == []


VIEW = "CREATE VIEW public.v WITH ({}) AS SELECT id{} FROM public.t;"


@pytest.mark.parametrize(
    ("current", "desired", "expected"),
    [
        (CLOSED + READS, CLOSED + READS.replace(", anon", ""),
         ["incompatible: policy reads no longer lets anon reach rows of public.t"]),
        (CLOSED + READS, CLOSED + READS.replace("authenticated, anon", "authenticated, service_role"),
         ["rls-widened: public.t: policy reads now also serves service_role",
          "incompatible: policy reads no longer lets anon reach rows of public.t"]),
        (CLOSED + READS, CLOSED + READS.replace("TO authenticated, anon", ""),
         ["rls-widened: public.t: policy reads now also serves PUBLIC"]),
        (CLOSED + READS.replace("TO authenticated, anon", ""), CLOSED + READS,
         ["incompatible: policy reads no longer lets PUBLIC reach rows of public.t"]),
        (CLOSED + READS, CLOSED + READS.replace("id > 1", "true"),
         ["rls-widened: public.t: policy reads lets anon, authenticated reach every row"]),
        (CLOSED + READS, CLOSED + READS + READS.replace("reads", "few").replace("FOR", "AS RESTRICTIVE FOR"),
         ["incompatible: restrictive policy few narrows what anon, authenticated reach in public.t"]),
        (CLOSED + READS.replace("FOR", "AS RESTRICTIVE FOR"), CLOSED + READS.replace("FOR", "AS RESTRICTIVE FOR")
            .replace(", anon", ""), ["rls-widened: public.t: restrictive policy reads no longer narrows access"]),
        (T, T + "GRANT SELECT ON public.t TO anon", ["grant-widened: anon can do more with public.t"]),
        (T + "GRANT SELECT ON public.t TO anon", T, ["incompatible: anon can do less with public.t"]),
        (T + "GRANT SELECT ON public.t TO service_role", T, []),
        # What a column loses and its table gives is no loss.
        (T + "GRANT SELECT (id) ON public.t TO anon", T + "GRANT SELECT ON public.t TO anon",
         ["grant-widened: anon can do more with public.t"]),
        *((T + VIEW.format(f"security_invoker = {on}", ""), T + VIEW.format("security_barrier = on", more),
           ["rls-widened: public.v runs with its owner's rights: row level security is bypassed"])
            for on in ("on", "yes", "1", "true") for more in ("", ", 1 AS b")),
        (T + VIEW.format("security_invoker = on", ", 1 AS b"), T + VIEW.format("security_barrier = on", ""),
         ["rls-widened: public.v runs with its owner's rights: row level security is bypassed"]),
        (T + VIEW.format("security_invoker = on", ""), T + VIEW.format("security_invoker = yes", ""), []),
    ],
)  # fmt: skip
def test_access_that_opens_or_closes_is_told(planned: Planned, current: str, desired: str, expected: list[str]) -> None:
    found = planned(current, desired, allow=frozenset({"data-loss"})).as_json()["hazards"]
    assert [f"{one['code']}: {one['message']}" for one in found if one["code"] != "lock"] == expected
