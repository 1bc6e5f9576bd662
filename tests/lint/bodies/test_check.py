"""What the check says to one kind of body at a time: what is wrong, and, as important, what is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from supabase_tasks.lint.bodies import CheckedFunction

Bodies = Callable[[str], dict[str, CheckedFunction]]
TABLE = "create table t.items (id int primary key, name text not null, tags text[], made timestamptz);\n"


def function(body: str, *, signature: str = "f()", returns: str = "void", options: str = "") -> str:
    return f"create function t.{signature} returns {returns} language plpgsql {options} as $$\n{body}\n$$;\n"


def messages(found: CheckedFunction) -> list[str]:
    return [issue.message for issue in found.issues if issue.level == "error"]


WRONG = {
    "missing table": ("begin insert into t.nope values (1); end", 'relation "t.nope" does not exist'),
    "missing column": ("begin perform nmae from t.items; end", 'column "nmae" does not exist'),
    "missing column in update": (
        "begin update t.items set nope = 1; end",
        'column "nope" of relation "items" does not exist',
    ),
    "missing function": ("begin perform t.nope(1); end", "function t.nope(integer) does not exist"),
    "missing type": ("begin perform null::t.nope; end", 'type "t.nope" does not exist'),
    "wrong operator": ("begin if 1 = 'x'::text then null; end if; end", "operator does not exist: integer = text"),
    "in elsif": (
        "begin if true then null; elsif nope > 1 then null; end if; end",
        'column "nope" does not exist',
    ),
    "in a loop's bounds": ("begin for i in 1..nope loop null; end loop; end", 'column "nope" does not exist'),
    "in raise": ("begin raise notice '%', nope; end", 'column "nope" does not exist'),
    "in an exception handler": (
        "begin null; exception when others then perform nope; end",
        'column "nope" does not exist',
    ),
    "in case": ("begin case 1 when nope then null; else null; end case; end", 'column "nope" does not exist'),
    "in a branch of case": (
        "begin case 1 when 1 then perform nope; else null; end case; end",
        'column "nope" does not exist',
    ),
    "in an assignment": ("declare a int; begin a := nope; end", 'column "nope" does not exist'),
    "in execute": ("begin execute 'select ' || nope; end", 'column "nope" does not exist'),
    "in execute using": ("begin execute 'select $1' using nope; end", 'column "nope" does not exist'),
    "in a cursor": (
        "declare c cursor for select nope from t.items; r record; begin for r in c loop raise notice '%', r.x; end loop; end",
        'record "r" has no field "x"',
    ),
    "field of a loop's record": (
        "declare r record; begin for r in select id from t.items loop perform r.name; end loop; end",
        'record "r" has no field "name"',
    ),
    "field of a record read into": (
        "declare r record; begin select id, name into r from t.items; perform r.id, r.tags; end",
        'record "r" has no field "tags"',
    ),
    "field of a row": (
        "declare r t.items%rowtype; begin perform r.nope; end",
        'record "r" has no field "nope"',
    ),
    "assigned field of a row": (
        "declare r t.items; begin r.nope := 1; end",
        'record "r" has no field "nope"',
    ),
}


@pytest.mark.parametrize("name", [name for name in WRONG if name != "in a cursor"])
def test_wrong(bodies: Bodies, name: str) -> None:
    body, message = WRONG[name]
    assert messages(bodies(TABLE + function(body))["t.f"]) == [message]


RIGHT = {
    "variables of every shape": (
        "declare a int := 1; b text default 'x'; c t.items%rowtype; d t.items; e t.items.name%type; g a%type; h int[];\n"
        '  "Odd" numeric(10, 2) not null := 0; k constant int := 3; m t.items[]; n record;\n'
        'begin a := k; b := e || b; c.name := b; d := c; h[1] := a; g := array_length(m, 1); "Odd" := "Odd" + g; n := d;\n'
        "  perform c.id, d.name, h[1], n; end"
    ),
    "into several": "declare a int; b text; begin select id, name into strict a, b from t.items where id = a; end",
    "loops": (
        "declare r record; x text; begin for i in reverse 3..1 by 2 loop perform i; end loop;\n"
        "  for r in select * from t.items loop perform r.id, r.made; end loop;\n"
        "  foreach x in array array['a'] loop perform x; end loop; while false loop exit when x = 'a'; end loop; end"
    ),
    "case with a subject": "declare a int; begin case a when 1, 2 then null; when a + 1 then null; else null; end case; end",
    "a dynamic record": "declare r record; begin execute 'select 1 as x' into r; perform r.x; end",
    "a record of two shapes": (
        "declare r record; begin if true then select id into r from t.items; else select name into r from t.items;\n"
        "  end if; perform r.id; end"
    ),
    "its own temporary table": (
        "begin create temp table scratch as select 1 as x; insert into scratch values (2); drop table scratch; end"
    ),
    "a labelled block": "<<frame>> declare a int; begin perform 1; perform frame.a; end",
    "the function's name before an argument": "begin perform f.p from t.items where id = f.p; end",
    "diagnostics and handlers": (
        "declare n int; m text; begin get diagnostics n = row_count; if not found then return; end if;\n"
        "exception when unique_violation then get stacked diagnostics m = message_text;\n"
        "  raise notice '% %', sqlerrm,\n sqlstate;\nend"
    ),
    "unpositioned arguments": "begin perform $1 + 1; end",
    "a cursor": (
        "declare c cursor (n int) for select id, name from t.items where id = n; r record;\n"
        "begin open c(1); fetch c into r; perform r.name; close c; for r in c(2) loop perform r.id; end loop; end"
    ),
    "comments and quotes": "begin -- declare nope;\n /* ; */ perform 'declare x; begin', $q$ end; $q$; end",
    "data changes that return": (
        "declare r record; begin insert into t.items (id, name) values (1, 'a') on conflict (id) do update set name = 'b'\n"
        "  returning id, name into r; perform r.id; end"
    ),
    "upper case": "DECLARE A INT; BEGIN A := 1; PERFORM A FROM T.ITEMS; END",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right(bodies: Bodies, name: str) -> None:
    found = bodies(TABLE + function(RIGHT[name], signature="f(p int)"))["t.f"]
    assert messages(found) == []
    assert found.expressions > 1


def test_a_wrong_statement_says_where(bodies: Bodies) -> None:
    body = "declare a int;\nbegin\n  a := 1;\n  if a > nope then null; end if;\nend"
    (issue,) = bodies(TABLE + function(body))["t.f"].issues
    assert (issue.line, issue.statement, issue.query, issue.position) == (5, "IF", "a > nope", 5)
    assert (issue.level, issue.sqlstate) == ("error", "42703")


def test_sql_functions_are_analysed_whole(bodies: Bodies) -> None:
    sql = "create function t.f(p int) returns int language sql as $$ select nope from t.items where id = p $$;"
    assert messages(bodies(TABLE + sql)["t.f"]) == ['column "nope" does not exist']
    fine = "create function t.f(p int) returns text language sql as $$ select name from t.items where id = p $$;"
    assert messages(bodies(TABLE + fine)["t.f"]) == []


def test_a_body_is_resolved_by_its_own_search_path(bodies: Bodies) -> None:
    sql = TABLE + function("begin perform name from items; end", options="set search_path = ''")
    assert messages(bodies(sql)["t.f"]) == ['relation "items" does not exist']
    sql = TABLE + function("begin perform t.items.name from t.items; end", options="set search_path = ''")
    assert messages(bodies(sql)["t.f"]) == []


def trigger(body: str, timing: str = "before insert or update") -> str:
    return (
        TABLE
        + function(body, returns="trigger", options="set search_path = ''")
        + f"create trigger one {timing} on t.items for each row execute function t.f();\n"
    )


def test_a_trigger_function_knows_the_columns_of_its_table(bodies: Bodies) -> None:
    assert messages(bodies(trigger("begin new.made := now(); return new; end"))["t.f"]) == []
    assert messages(bodies(trigger("begin new.updated := now(); return new; end"))["t.f"]) == [
        'record "new" has no field "updated"'
    ]
    assert messages(
        bodies(trigger("begin if tg_op = 'UPDATE' and old.nope then return null; end if; return new; end"))["t.f"]
    ) == ['record "old" has no field "nope"']


def test_a_trigger_function_of_two_tables_must_suit_both(bodies: Bodies) -> None:
    sql = trigger("begin new.made := now(); return new; end") + (
        "create table t.plain (id int);\n"
        "create trigger two before insert on t.plain for each row execute function t.f();\n"
    )
    assert messages(bodies(sql)["t.f"]) == ['record "new" has no field "made"']


def test_transition_tables_are_tables(bodies: Bodies) -> None:
    sql = (
        TABLE
        + function("begin perform id from fresh; perform nope from fresh; return null; end", returns="trigger")
        + "create trigger one after insert on t.items referencing new table as fresh execute function t.f();\n"
    )
    assert messages(bodies(sql)["t.f"]) == ['column "nope" does not exist']


def test_a_trigger_function_without_trigger_is_judged_as_far_as_it_can_be(bodies: Bodies) -> None:
    found = bodies(TABLE + function("begin new.x := 1; perform t.nope(); return new; end", returns="trigger"))["t.f"]
    assert messages(found) == ["function t.nope() does not exist"]


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("begin null; end", True),
        ("begin if true then return 1; end if; end", True),
        ("begin if true then return 1; else return 2; end if; end", False),
        ("begin raise exception 'no'; end", False),
        ("begin raise notice 'no'; end", True),
        ("begin return 1; exception when others then null; end", True),
        ("begin loop return 1; end loop; end", False),
        ("begin case 1 when 1 then return 1; else return 2; end case; end", False),
        ("begin begin return 1; end; end", False),
    ],
)
def test_control_that_reaches_the_end(bodies: Bodies, body: str, missing: bool) -> None:
    expected = ["control reached end of function without RETURN"] if missing else []
    assert messages(bodies(function(body, returns="int"))["t.f"]) == expected


def test_unused_variables_are_warnings(bodies: Bodies) -> None:
    found = bodies(function("declare used int; idle int; in_text int; begin used := 1; execute 'in_text'; end"))["t.f"]
    assert [(issue.level, issue.message) for issue in found.issues] == [("warning", 'unused variable "idle"')]


def test_procedures_out_arguments_and_polymorphic_types(bodies: Bodies) -> None:
    sql = (
        TABLE
        + "create procedure t.p(inout a int) language plpgsql as $$ begin a := a + 1; commit; end $$;\n"
        + "create function t.o(a int, out b int, out c t.items) language plpgsql\n"
        + "as $$ begin b := a; c.name := 'x'; end $$;\n"
        + "create function t.s(a int) returns setof t.items language plpgsql\n"
        + "as $$ begin return query select * from t.items; end $$;\n"
        + "create function t.r() returns table (x int) language plpgsql as $$ begin x := 1; return next; end $$;\n"
        + "create function t.any(a anyelement, b anyarray) returns anyelement language plpgsql\n"
        + "as $$ begin return b[1]; end $$;\n"
    )
    found = bodies(sql)
    assert len(found) == 5
    assert [one for function in found.values() for one in messages(function)] == []


def test_nothing_stays_behind(bodies: Bodies, connection: object) -> None:
    bodies(trigger("declare r record; begin select 1 as x into r; return new; end"))
    row = connection.execute("select count(*) from pg_proc where proname in ('f', 'probe')").fetchone()  # type: ignore[attr-defined]
    assert row == (0,)
