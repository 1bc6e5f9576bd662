"""Whether a database has the table that says which migrations ran (`ledger.history_table`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.ledger import history_table
from supabase_tasks.postgres import replay


@pytest.fixture
def connection(server: postgres.Server, platform: str) -> Iterator[psycopg.Connection[Any]]:
    with server.scratch(platform) as name, server.connect(name) as connection:
        yield connection


def test_the_table_is_there_or_not(connection: psycopg.Connection[Any]) -> None:
    assert not history_table.exists(connection)
    replay.create_history_table(connection)
    assert history_table.exists(connection)


def test_a_function_of_the_database_does_not_answer(connection: psycopg.Connection[Any]) -> None:
    connection.execute("CREATE SCHEMA mine")
    connection.execute(
        "CREATE FUNCTION mine.to_regclass(text) RETURNS regclass LANGUAGE sql"
        " AS $$ SELECT 'pg_catalog.pg_class'::pg_catalog.regclass $$"
    )
    connection.execute("SET search_path = mine, pg_catalog")
    assert not history_table.exists(connection)
