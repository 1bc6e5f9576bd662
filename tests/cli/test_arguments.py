from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supabase_tasks.cli import LOCAL, at_url, linked_project
from supabase_tasks.cli.arguments import COMMANDS, Database, command, target

REF = "abcdefghijklmnopqrst"
URL = "postgresql://postgres@127.0.0.1:5432/postgres?sslmode=disable"


@pytest.mark.parametrize(
    ("database", "two", "three"),
    [
        (LOCAL, ["--local"], []),
        (linked_project(), ["--linked"], ["--remote"]),
        (linked_project(REF), ["--linked", "--project-ref", REF], [f"--remote={REF}"]),
        (at_url(URL), ["--db-url", URL], [f"--remote={URL}"]),
    ],
)
def test_the_same_database_in_both_dialects(database: Database, two: list[str], three: list[str]) -> None:
    assert target(2, database) == two
    assert target(3, database) == three


def test_a_command_is_told_its_folder_first() -> None:
    assert command("push", workdir="/p", flags=["--yes"]) == ["--workdir", "/p", "db", "push", "--yes"]


def test_a_password_in_a_url_moves_to_the_environment() -> None:
    database = at_url("postgresql://postgres.ref:p%40ss%2Fw%3Ard@pooler.example.org:6543/postgres")
    assert database.url == "postgresql://postgres.ref@pooler.example.org:6543/postgres"
    assert database.environment == {"PGPASSWORD": "p@ss/w:rd", "SUPABASE_DB_PASSWORD": None}
    assert "p@ss" not in repr(database)


def test_a_project_gets_its_password_in_the_variable_that_the_cli_reads_for_projects() -> None:
    assert linked_project(REF, password="x").environment == {"SUPABASE_DB_PASSWORD": "x", "PGPASSWORD": None}
    assert LOCAL.environment == {"SUPABASE_DB_PASSWORD": None, "PGPASSWORD": None}


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=3), st.sampled_from([2, 3]))
def test_no_password_is_ever_an_argument(password: str, dialect: int) -> None:
    from urllib.parse import quote

    password = f"¤{password}"  # so that it is no part of a word that belongs there
    url = f"postgresql://user:{quote(password, safe='')}@host.example.org/db"
    for database in (
        at_url(url),
        at_url("postgresql://user@host.example.org/db", password=password),
        linked_project(REF, password=password),
    ):
        for name in COMMANDS:
            arguments = command(name, workdir="/p", flags=target(dialect, database))
            assert not any(password in argument or quote(password, safe="") in argument for argument in arguments)
        assert password in database.environment.values()
