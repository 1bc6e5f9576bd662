from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.errors import MigrationError


@pytest.fixture
def database(server: postgres.Server, platform: str) -> Iterator[str]:
    with server.scratch(platform) as name:
        yield name


@pytest.fixture
def migrator(server: postgres.Server, database: str) -> Iterator[psycopg.Connection]:
    with server.migrator(database) as connection:
        yield connection


def apply(connection: psycopg.Connection, sql: str, version: str = "0001") -> None:
    postgres.apply_file(connection, sql, version=version, name="test")


def failure(connection: psycopg.Connection, sql: str) -> MigrationError:
    with pytest.raises(MigrationError) as caught:
        apply(connection, sql)
    return caught.value


def test_a_file_is_recorded_with_its_statements(migrator: psycopg.Connection) -> None:
    apply(migrator, "create table a (x text default 'it''s \"q\" \\ {1,2}');\n-- done\nselect 1;")
    rows = migrator.execute("select version, name, statements from supabase_migrations.schema_migrations").fetchall()
    assert rows == [
        ("0001", "test", ["create table a (x text default 'it''s \"q\" \\ {1,2}')", "-- done\nselect 1"]),
    ]


def test_a_failing_file_leaves_nothing_and_says_where(migrator: psycopg.Connection) -> None:
    error = failure(migrator, "create table a (x int);\n\n-- why\nselect nope\nfrom a;\nselect 1")
    assert (error.data["line"], error.data["position"], error.data["sqlstate"]) == (4, 15, "42703")
    assert error.data["postgres_message"] == 'column "nope" does not exist'
    assert error.data["statement"] == "-- why\nselect nope\nfrom a"
    assert error.message.startswith("0001_test.sql:4 does not apply")
    assert migrator.execute("select to_regclass('a')").fetchone() == (None,)


def test_the_connection_goes_on_after_a_failure(migrator: psycopg.Connection) -> None:
    failure(migrator, "select nope")
    apply(migrator, "create table a (x int)")


def test_settings_of_one_file_do_not_reach_the_next(migrator: psycopg.Connection) -> None:
    apply(migrator, "select set_config('search_path', '', false); set statement_timeout = '1h'", "0001")
    apply(migrator, "create table here (x int)", "0002")
    assert migrator.execute("select to_regclass('public.here') is not null").fetchone() == (True,)
    assert migrator.execute("show statement_timeout").fetchone() == ("0",)


def test_concurrently_passes_in_every_place_but_a_transaction_of_its_own(migrator: psycopg.Connection) -> None:
    apply(migrator, "create table t (a int)", "0001")
    apply(migrator, "create index concurrently i on t (a)", "0002")
    apply(migrator, "select 1; create index concurrently j on t (a); select 2", "0003")
    refused = failure(migrator, "begin; create index concurrently k on t (a); commit")
    assert (refused.data["sqlstate"], refused.data["statement_index"], refused.data["line"]) == ("25001", 1, 1)


def test_a_duplicate_version_fails_on_the_history_row(migrator: psycopg.Connection) -> None:
    apply(migrator, "create table a (x int)")
    error = failure(migrator, "create table b (x int)")
    assert error.data["sqlstate"] == "23505"
    assert error.data["statement"] == "the row of the ledger table"


def test_long_files_and_large_results_do_not_stand_still(migrator: psycopg.Connection) -> None:
    apply(migrator, f"-- {'y' * 300_000}\n" + "select repeat('x', 20000);\n" * 300)


def test_copy_from_the_client_is_refused(migrator: psycopg.Connection) -> None:
    assert "COPY" in failure(migrator, "copy auth.users from stdin").message


def test_a_nul_character_is_refused(migrator: psycopg.Connection) -> None:
    assert "NUL" in failure(migrator, "select '\0'").message


LIFTED = {
    "event trigger": "create event trigger e on ddl_command_end execute function extensions.pgrst_ddl_watch()",
    "foreign data wrapper": "create foreign data wrapper w",
    "publication of all tables": "create publication p for all tables",
    "after a comment": "-- why\n/* really */ create publication p for tables in schema public",
}


@pytest.mark.parametrize("statement", LIFTED.values(), ids=LIFTED.keys())
def test_what_supautils_lifts_is_lifted_and_belongs_to_postgres(
    server: postgres.Server, database: str, migrator: psycopg.Connection, statement: str
) -> None:
    apply(migrator, f"{statement}; create table after_it (x int)")
    owners = migrator.execute(
        "select evtowner::regrole::text from pg_event_trigger where evtname = 'e'"
        " union all select fdwowner::regrole::text from pg_foreign_data_wrapper where fdwname = 'w'"
        " union all select pubowner::regrole::text from pg_publication where pubname = 'p'"
        " union all select tableowner from pg_tables where tablename = 'after_it'"
    ).fetchall()
    assert owners == [("postgres",), ("postgres",)]
    assert migrator.execute("select rolsuper from pg_roles where rolname = 'postgres'").fetchone() == (False,)
    with server.connect(database) as plain:
        sql = statement.replace(" e on", " e2 on").replace("wrapper w", "wrapper w2").replace(" p for", " p2 for")
        assert failure(plain, sql).data["sqlstate"] == "42501"


NOT_LIFTED = (
    "alter role anon superuser",
    "create role x superuser",
    "alter system set work_mem = '1MB'",
    "create function f() returns int language c as 'x', 'y'",
    "create table pg_catalog.x (a int)",
    "set session authorization supabase_admin",
    "set role supabase_admin",
    "copy (select 1) to program 'true'",
)


@pytest.mark.parametrize("statement", NOT_LIFTED)
def test_nothing_else_is_lifted(migrator: psycopg.Connection, server: postgres.Server, statement: str) -> None:
    expected = failure(migrator, statement)
    assert expected.data["sqlstate"] == "42501"
    with server.connect(migrator.info.dbname) as plain:
        assert failure(plain, statement).data["sqlstate"] == "42501"
