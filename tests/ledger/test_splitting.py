from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supabase_tasks.ledger.splitting import Major, split, texts

# Each is what the Supabase CLI 2.122.1 and 3.1.0 record in schema_migrations.statements; tests/attack/test_promotion.py
# asks both about these and many more.
CASES = {
    "semicolons end statements": ("select 1; select 2;", ["select 1", "select 2"]),
    "empty statements are left out": (";; select 1;;\n;", ["select 1"]),
    "a comment stays with its statement": ("-- a; b\nselect 1;\n-- end", ["-- a; b\nselect 1", "-- end"]),
    "quotes hide semicolons": ("select 'a;''b;'; select \"c;\"", ["select 'a;''b;'", 'select "c;"']),
    "dollar quotes hide semicolons": (
        "do $x$ begin; $$ ; end $x$; select 1",
        ["do $x$ begin; $$ ; end $x$", "select 1"],
    ),
    "block comments nest": ("/* a; /* b; */ c; */ select 1; select 2", ["/* a; /* b; */ c; */ select 1", "select 2"]),
    "a parameter is no dollar quote": ("select $1; select $2", ["select $1", "select $2"]),
    "parentheses hide semicolons": ("create rule r as on insert to t do (a; b); select 1", None),
    "the first closing parenthesis closes all": ("select ((1); 2); x", ["select ((1)", "2)", "x"]),
    "begin atomic hides semicolons": (
        "create function f() begin atomic select 1; select 2; end; select 3",
        ["create function f() begin atomic select 1; select 2; end", "select 3"],
    ),
    "only an end that begins a statement closes begin atomic": (
        "begin atomic select case when a then 1 end; select 2; /* c */ end; x",
        ["begin atomic select case when a then 1 end; select 2; /* c */ end", "x"],
    ),
    "a longer word does not": ("begin atomic select 1; ending; x", ["begin atomic select 1; ending; x"]),
    "atomic alone is a word": ("select atomic; select 1", ["select atomic", "select 1"]),
    "a backslash skips one character": ("select \\; select 1; x", ["select \\; select 1", "x"]),
    "an escape string knows backslashes": ("select E'\\''; select 1", ["select E'\\''", "select 1"]),
    "another string does not": ("select '\\'; select 1", ["select '\\'", "select 1"]),
    "nor does a word that ends in e": ("select date'\\'; select 1", ["select date'\\'", "select 1"]),
    "an escape string goes on in the next line": (
        "select e'a' -- c\n  '\\'; select 1",
        ["select e'a' -- c\n  '\\'; select 1"],
    ),
    "a dollar inside a name opens nothing": ("select a$b$; select 1 c$b$", ["select a$b$", "select 1 c$b$"]),
    "a carriage return ends a comment": ("select 1 -- a\r; select 2", ["select 1 -- a", "select 2"]),
    "what JavaScript trims is trimmed": ("\ufeff\xa0select 1\u2028;\x1f\x85", ["select 1", "\x1f\x85"]),
    "minus and slash are operators": ("select 1-2/3; x", ["select 1-2/3", "x"]),
}


@pytest.mark.parametrize("major", ["2", "3"])
@pytest.mark.parametrize("name", CASES)
def test_a_file_is_split_as_the_cli_splits_it(name: str, major: Major) -> None:
    sql, expected = CASES[name]
    found = [statement.text for statement in split(sql, major)]
    assert found == (expected or ["create rule r as on insert to t do (a; b)", "select 1"])


@given(st.text(alphabet="ab ;'\"$-/*\\()\n", max_size=60))
def test_no_character_but_semicolons_and_white_space_is_lost_and_offsets_are_right(sql: str) -> None:
    statements = split(sql)
    for statement in statements:
        assert sql[statement.offset : statement.offset + len(statement.text)] == statement.text
        assert statement.text == statement.text.strip()
    kept = "".join("".join(statement.text.split()) for statement in statements)
    assert kept.replace(";", "") == "".join(sql.split()).replace(";", "")


def test_the_majors_differ_in_overlapping_comment_marks_only() -> None:
    assert texts("select 1 /*/ ; select 2 /*/;", "2") == ("select 1 /*/", "select 2 /*/")
    assert texts("select 1 /*/ ; select 2 /*/;", "3") == ("select 1 /*/ ; select 2 /*/",)
    assert texts("/* /* */* */ select 1; */ x", "2") == ("/* /* */* */ select 1; */ x",)
    assert texts("/* /* */* */ select 1; */ x", "3") == ("/* /* */* */ select 1", "*/ x")


def test_a_long_file_is_split_in_linear_time() -> None:
    sql = "insert into t values ('it''s', $$;$$); -- note;\n" * 20_000
    assert len(split(sql)) == 20_001
