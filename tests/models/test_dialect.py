import postgast
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Column, Enum, MetaData, Numeric, String, Table, Uuid, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from supabase_tasks.models.dialect import condition, dollar_quoted, ident, qualified, type_text
from supabase_tasks.sql_text import literal

texts = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=40)


def parsed_constant(sql: str) -> str:
    target = postgast.parse(f"select {sql}").stmts[0].stmt.select_stmt.target_list[0]
    return target.res_target.val.a_const.sval.sval


@given(texts)
def test_literal_is_read_back_as_the_same_text(value: str) -> None:
    assert parsed_constant(literal(value)) == value


@given(texts)
def test_dollar_quotes_hold_any_body(body: str) -> None:
    assert parsed_constant(dollar_quoted(body)) == body


@given(st.text("$bodyx_ ", max_size=20))
def test_dollar_quotes_hold_bodies_full_of_dollars(body: str) -> None:
    assert parsed_constant(dollar_quoted(body)) == body


# PostgreSQL cuts longer names, by bytes.
@given(texts.filter(lambda name: 0 < len(name.encode()) <= 63))
@example("_\n")
def test_identifier_is_read_back_as_the_same_name(name: str) -> None:
    target = postgast.parse(f"select 1 as {ident(name)}").stmts[0].stmt.select_stmt.target_list[0]
    assert target.res_target.name == name


@pytest.mark.parametrize(("schema", "expected"), [(None, "public.t"), ("app", "app.t"), ("My App", '"My App".t')])
def test_qualified_names_carry_their_schema(schema: str | None, expected: str) -> None:
    assert qualified(schema, "t") == expected


metadata = MetaData()
notes = Table("notes", metadata, Column("id", Uuid), Column("team", Uuid), Column("title", String))
members = Table("members", metadata, Column("team", Uuid), Column("who", Uuid))


def test_columns_stand_alone_without_a_subquery() -> None:
    assert condition(notes.c.title == "50% off", notes) == "title = '50% off'"


def test_a_subquery_is_about_the_row_of_the_outer_table() -> None:
    text = condition(exists().where(members.c.team == notes.c.team, members.c.who == func.auth.uid()), notes)
    assert "FROM public.members" in text
    assert "public.notes, " not in text and ", public.notes" not in text


def test_a_nested_subquery_is_about_the_row_when_it_says_so() -> None:
    inner = select(members.c.who).where(members.c.team == notes.c.team).correlate(notes)
    text = condition(notes.c.id.in_(select(members.c.who).where(members.c.who.in_(inner))), notes)
    assert text.count("public.notes") == 2
    assert "FROM public.members, public.notes" not in text


def test_a_nested_subquery_that_would_be_about_every_row_is_refused() -> None:
    inner = select(members.c.who).where(members.c.team == notes.c.team)
    with pytest.raises(ValueError, match=r"say \.correlate\(t\)"):
        condition(notes.c.id.in_(select(members.c.who).where(members.c.who.in_(inner))), notes)


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("citext", "citext"),
        (Numeric(8, 2), "NUMERIC(8, 2)"),
        (ARRAY(Uuid), "UUID[]"),
        (Enum("a", "b", name="kind"), "public.kind"),
    ],
)
def test_types_as_text(type_: object, expected: str) -> None:
    assert type_text(type_) == expected
