"""A mistyped URL: the character to encode is named, and nothing of the password."""

from __future__ import annotations

import pytest

from supabase_tasks.database_url import fault

SECRET = "Tr0ub4dor"


@pytest.mark.parametrize("character", [*'@/?#%[]<>"{}|\\^` \t'])
@pytest.mark.parametrize("place", ["{c}Tr0ub4dor", "Tr0{c}ub4dor", "Tr0ub4dor{c}", "a@Tr0{c}ub4dor"])
def test_a_character_that_is_not_encoded_is_named(character: str, place: str) -> None:
    if "@" in place and character not in "@/?#":
        character = "@"
    said = fault(f"postgresql://postgres:{place.format(c=character)}@db.example.test:5432/postgres")
    assert said is not None and "not encoded: write %" in said
    assert all(piece not in said for piece in ("Tr0", "ub4", "dor"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres:Tr0ub4dor@db.example.test:5432/postgres",
        "postgresql://postgres.ref:Tr0%40ub4%2Fdor@pooler.example.test/postgres?sslmode=require",
        "postgres://postgres:Tr0:ub4!$&'()*+,;=-._~dor@127.0.0.1/postgres",
        "postgresql://postgres@[::1]:5432/postgres?options=-c%20a",
        "postgresql://db.example.test/postgres",
        "postgresql://u:p@db.example.test/postgres?application_name=a%40b",
    ],
)
def test_a_url_that_is_read_as_it_is_written_has_no_fault(url: str) -> None:
    assert fault(url) is None


@pytest.mark.parametrize(
    "url", ["Tr0ub4dor", "postgres:Tr0ub4dor@host/db", "mysql://a:Tr0ub4dor@h/d", "postgresql://postgres:Tr0ub4dor"]
)
def test_what_is_no_url_is_not_shown(url: str) -> None:
    said = fault(url)
    assert said is not None and SECRET not in said and "must look like" in said


def test_a_socket_needs_no_host_where_none_is_needed() -> None:
    assert fault("postgresql:///postgres?host=/run/postgresql", host_needed=False) is None
    assert fault("postgresql:///postgres") is not None
