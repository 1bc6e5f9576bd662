from __future__ import annotations

import psycopg
import pytest

from supabase_tasks.diff.ddl import names
from supabase_tasks.postgres import Server
from supabase_tasks.sql_text import literal

ODD = ("Mixed", "with space", 'quo"te', "1st", "ünicode", "_x", "a$b", "")


def test_every_keyword_is_quoted_as_the_server_does(server: Server) -> None:
    with server.connect() as connection:
        rows = connection.execute("SELECT word, quote_ident(word) FROM pg_get_keywords()").fetchall()
    assert {word: names.ident(word) for word, _ in rows} == dict(rows)


@pytest.mark.parametrize("name", ODD[:-1])
def test_odd_names_are_quoted_as_the_server_does(server: Server, name: str) -> None:
    with server.connect() as connection:
        assert connection.execute("SELECT quote_ident(%s)", [name]).fetchone() == (names.ident(name),)


@pytest.mark.parametrize("setting", ["on", "off"])
def test_a_literal_means_the_same_under_either_setting(server: Server, setting: str) -> None:
    text = r"it's a back\slash \n and 'more'"
    with server.connect() as connection, connection.transaction():
        connection.execute(f"SET LOCAL standard_conforming_strings = {setting}".encode())
        connection.execute("SET LOCAL escape_string_warning = off")
        assert _value(connection, literal(text)) == text


def _value(connection: psycopg.Connection[tuple[str]], text: str) -> str:
    row = connection.execute(f"SELECT {text}".encode()).fetchone()
    assert row is not None
    return row[0]


def test_public_is_a_keyword_as_role() -> None:
    assert [names.role(name) for name in ("", "public", "anon", "My Role")] == ["PUBLIC", "PUBLIC", "anon", '"My Role"']
