from __future__ import annotations

import ast

import pytest

from supabase_tasks.flow.importing.source import Prose, call, clause, keyword, render, string


def test_what_fits_stays_on_one_line() -> None:
    assert render(call("f", "a", call("g", "1"), name='"x"')) == 'f(a, g(1), name="x")'


def test_what_does_not_fit_gets_one_argument_per_line() -> None:
    inner = call("g", '"' + "x" * 60 + '"', '"y"')
    assert render(keyword("a", call("f", inner, "b")), 4, before=10).splitlines() == [
        "a=f(", f"        {render(inner)}, b", "    )"
    ]  # fmt: skip
    assert render(keyword("a", call("f", inner, "b" * 20)), 4, before=10).splitlines() == [
        "a=f(", f"        {render(inner)},", f"        {'b' * 20},", "    )"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["It's " + "a long comment " * 9, 'say "x" ' * 20, "no_blank" * 20])
def test_a_long_text_is_in_pieces_that_python_joins(text: str) -> None:
    written = render(Prose(text, "comment="), 8)
    assert ast.literal_eval(written.removeprefix("comment=")) == text
    assert all(len(line) <= 88 for line in written.splitlines()[:-1]) or " " not in text


@pytest.mark.parametrize(
    "text",
    ["plain", 'say "x"', 'it\'s "x"', "a\\b", "tab\t", "line\nline", "line\r\nline", "a\rb", 'end"\n"', '"""\n"', "é"],
)
def test_a_string_is_read_back_as_it_was(text: str) -> None:
    assert ast.literal_eval(string(text)) == text


@pytest.mark.parametrize(
    "sql",
    [
        r"E'\\:x'::text",
        r"'\:x'::text",
        r"'a \: b'",
        r"'\:ab:cd'",
        "' :ab:cd'",
        "'at 10:30 :noon'::text",
        r"'\\:x, \\\:y'",
        "' :größe :ö:'",
        "a::int[1:2]",
    ],
)
def test_what_text_reads_is_what_was_imported(sql: str) -> None:
    from sqlalchemy import text

    from supabase_tasks.models.dialect import compile_sql

    assert compile_sql(text(ast.literal_eval(clause(sql)))) == sql


def test_a_colon_is_no_parameter_and_a_cast_stays_one() -> None:
    from sqlalchemy import text
    from sqlalchemy.dialects import postgresql

    sql = "a = ':x y'::text and b <> 'p:q'"
    assert str(text(ast.literal_eval(clause(sql))).compile(dialect=postgresql.dialect())) == sql
