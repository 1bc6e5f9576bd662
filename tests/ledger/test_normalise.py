import pytest

from supabase_tasks.ledger.normalise import statements


def test_comments_and_white_space_do_not_count() -> None:
    left, right = "create table a (\n  id int -- key\n);\n", "/* made /* by */ hand */ create table a(id int)"
    assert statements(left) == statements(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("select 'a  b'", "select 'a b'"),
        ('select 1 as "a  b"', 'select 1 as "a b"'),
        ("do $$ begin  null; end $$", "do $$ begin null; end $$"),
        ("select '--x'", "select '--y'"),
        ("select a <= b", "select a < = b"),
        ("select ab", "select a b"),
        ("select E'\\'--' , 1", "select E'\\'--' , 2"),
        ("drop table a", "drop table b"),
    ],
)
def test_what_postgres_would_see_differently_is_different(left: str, right: str) -> None:
    assert statements(left) != statements(right)


def test_statements_end_at_semicolons_outside_of_every_quote() -> None:
    sql = "select ';'; select $a$ ; $b$ ; $a$; -- ; \n select \";\" /* ; */;;"
    assert statements(sql) == ("select ';'", "select $a$ ; $b$ ; $a$", 'select ";"')


def test_an_atomic_body_and_a_rule_are_one_statement_each() -> None:
    body = "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3"
    assert len(statements(body)) == 2
    assert len(statements("create rule r as on insert to t do also (select 1; select 2); select 3")) == 2


def test_a_parameter_is_no_dollar_quote() -> None:
    assert statements("select $1; select $2") == ("select $ 1", "select $ 2")


def test_a_dollar_inside_a_name_opens_no_quote() -> None:
    assert len(statements("select a$b$ from t; select c$b$ from t")) == 2


def test_an_unfinished_literal_reaches_to_the_end() -> None:
    assert statements("select 'a; b") == ("select 'a; b",)
    assert statements("select 1 /* never closed; ") == ("select 1",)


def test_a_line_comment_ends_where_postgres_ends_it() -> None:
    assert statements("select 1 -- one\r, 2") == ("select 1 , 2",)
