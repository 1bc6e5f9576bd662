import pytest
from sqlalchemy import MetaData, Table

from supabase_tasks.models.dialect import compile_sql
from supabase_tasks.models.language.platform import PLATFORM_TABLES, is_platform_table
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.postgres import Server
from supabase_tasks.schema import auth_jwt, auth_role, auth_uid, auth_users, once, platform_tables


def test_the_functions_of_auth_are_expressions() -> None:
    assert compile_sql(auth_uid()) == "auth.uid()"
    assert compile_sql(once(auth_uid())) == "(select auth.uid())"
    assert compile_sql(auth_role() == "anon") == "auth.role() = 'anon'"
    assert compile_sql(auth_jwt()["role"].astext) == "auth.jwt() ->> 'role'"


def test_platform_tables_are_known_as_such_also_as_copies() -> None:
    metadata = MetaData()
    platform_tables(metadata, "auth.users")
    assert is_platform_table(auth_users) and is_platform_table(metadata.tables["auth.users"])
    assert list(metadata.tables) == ["auth.users"]


@pytest.mark.parametrize("table", PLATFORM_TABLES.values(), ids=PLATFORM_TABLES)
def test_platform_tables_are_like_the_platforms(table: Table, server: Server, platform: str) -> None:
    assert table.schema in PLATFORM_SCHEMAS
    with server.scratch(platform) as name, server.connect(name) as connection:
        there = connection.execute(
            "select column_name from information_schema.columns where table_schema = %s and table_name = %s",
            (table.schema, table.name),
        ).fetchall()
    assert {column.name for column in table.columns} <= {name for (name,) in there}
