"""Our check compared with the real plpgsql_check, on the same functions of the same server."""

from __future__ import annotations

import json
from typing import Any

import psycopg

from supabase_tasks.flow.local.db_lint import has_plpgsql_check
from supabase_tasks.lint.bodies import check_bodies


def real_errors(connection: psycopg.Connection[Any], name: str) -> list[str]:
    rows = connection.execute(
        "select message from plpgsql_check_function_tb(%s::regproc,"
        " fatal_errors => false, other_warnings => false, extra_warnings => false, performance_warnings => false)"
        " where level = 'error'",
        [name],
    ).fetchall()
    return [row[0] for row in rows]


SQL = """
create schema t;
set search_path = t, extensions;
create table t.items (id int primary key, name text not null);
create function t.a() returns void language plpgsql as $$ begin insert into t.nope values (1); end $$;
create function t.b() returns text language plpgsql as $$ declare v text; begin select nmae into v from t.items; return v; end $$;
create function t.c() returns void language plpgsql as $$ begin perform t.nope(1, 'x'); end $$;
create function t.d() returns int language plpgsql as $$ begin null; end $$;
create function t.e() returns void language plpgsql as $$
declare r record; begin for r in select id from t.items loop raise notice '%', r.name; end loop; end $$;
create function t.f() returns void language plpgsql as $$ begin if 1 = 'x'::text then null; end if; end $$;
create function t.g() returns void language plpgsql as $$ begin update t.items set nope = 1; end $$;
create function t.ok(p int) returns text language plpgsql as $$
declare r t.items; begin select * into r from t.items where id = p; return r.name || coalesce(r.id, p); end $$;
"""


def test_both_say_the_same(real: psycopg.Connection[Any]) -> None:
    with real.transaction(force_rollback=True):
        real.execute(SQL.encode())
        ours = {
            function.name: [issue.message for issue in function.issues if issue.level == "error"]
            for function in check_bodies(real, ["t"]).functions
        }
        real.execute("create extension if not exists plpgsql_check")
        theirs = {name: real_errors(real, name) for name in ours}
        assert ours == theirs
        assert ours["t.ok"] == []
        assert sum(map(len, ours.values())) == 7


def test_the_real_one_is_recognised_and_a_stand_in_is_not(
    real: psycopg.Connection[Any], connection: psycopg.Connection[Any]
) -> None:
    assert has_plpgsql_check(real)
    assert not has_plpgsql_check(connection)
    assert real.execute("select count(*) from pg_extension where extname = 'plpgsql_check'").fetchone() == (0,)


def test_the_json_shape_is_the_cli_s(connection: psycopg.Connection[Any]) -> None:
    """Keys and their types as `supabase db lint` 2.122.1 and 3.1.0 print them."""
    with connection.transaction(force_rollback=True):
        connection.execute(SQL.encode())
        found = {one.name: one.as_json() for one in check_bodies(connection, ["t"]).functions}
    assert json.loads(json.dumps(found["t.a"])) == {
        "function": "t.a",
        "issues": [
            {
                "level": "error",
                "message": 'relation "t.nope" does not exist',
                "statement": {"lineNumber": "1", "text": "SQL statement"},
                "query": {"position": "13", "text": "insert into t.nope values (1)"},
                "sqlState": "42P01",
            }
        ],
    }
    assert found["t.d"]["issues"] == [
        {"level": "error", "message": "control reached end of function without RETURN", "sqlState": "2F005"}
    ]
