import pytest
from sqlalchemy import Column, MetaData, Table, Uuid

from supabase_tasks.models.dialect import compile_sql
from supabase_tasks.models.language.functions import argument_types
from supabase_tasks.postgres import Server
from supabase_tasks.schema import Function, Procedure

nowhere = MetaData()
ARGUMENTS = [
    "",
    "uuid",
    "a int, b int4 default 3, out c text",
    "inout a bigint, variadic rest text[]",
    "a varchar(10), b char(3), c timestamptz, d time, e numeric(8, 2), f float",
    'a public.mood[], b "My Type", c double precision[][]',
    "a bit varying(3), b timestamp with time zone, c boolean, d smallint, e real, f timetz",
]


@pytest.mark.parametrize("args", ARGUMENTS)
def test_argument_types_are_spelt_like_postgresql_does(args: str, server: Server, platform: str) -> None:
    with server.scratch(platform) as name, server.connect(name) as connection:
        connection.execute("create type public.mood as enum ('a'); create type public.\"My Type\" as (a int)")
        connection.execute("set check_function_bodies = off")
        connection.execute(
            f"create function public.f({args}) {'returns int' if 'out ' not in args else ''} language sql as ''"
        )
        row = connection.execute(
            "select (select string_agg(format_type(t, null), ', ' order by n)"
            " from unnest(proargtypes) with ordinality as x (t, n)) from pg_proc where proname = 'f'"
        ).fetchone()
    assert row is not None
    assert ", ".join(argument_types(args)).replace("public.", "") == (row[0] or "")


def test_a_declared_function_is_an_expression() -> None:
    table = Table("t", MetaData(), Column("id", Uuid))
    allowed = Function(
        "allowed", "select true", args="a uuid, b text", returns="boolean", schema="app", metadata=nowhere
    )
    assert compile_sql(allowed(table.c.id, "x"), include_table=False) == "app.allowed(id, 'x')"


def test_every_attribute_is_said() -> None:
    function = Function(
        "f",
        "begin return null; end",
        returns="setof text",
        language="plpgsql",
        volatility="immutable",
        strict=True,
        leakproof=True,
        parallel="safe",
        cost=7,
        rows=3,
        support="app.helper",
        security="definer",
        search_path="app, pg_temp",
        config={"statement_timeout": "5s"},
        metadata=nowhere,
    )
    assert function.statements()[0].split("\n")[1:-1] == [
        "returns setof text",
        "language plpgsql",
        "immutable",
        "strict",
        "leakproof",
        "parallel safe",
        "cost 7",
        "rows 3",
        "support app.helper",
        "security definer",
        "set search_path = app, pg_temp",
        "set statement_timeout = '5s'",
    ]


def test_the_callers_search_path_is_left_alone_on_request() -> None:
    assert "search_path" not in Procedure("p", "commit", search_path=None, metadata=nowhere).statements()[0]


def test_window_functions_say_so() -> None:
    function = Function("f", "x", language="internal", window=True, metadata=nowhere)
    assert "\nwindow\n" in function.statements()[0]
