from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.platform_schemas import PLATFORM_ROLES
from supabase_tasks.postgres.platform import empty_template
from supabase_tasks.settings import Settings

CONFIG = "[db]\nmajor_version = 17\n[api]\nauto_expose_new_tables = {}\n"


@pytest.fixture(scope="module")
def database(server: postgres.Server, platform: str) -> Iterator[str]:
    with server.scratch(platform) as name:
        yield name


@pytest.fixture
def connection(server: postgres.Server, database: str) -> Iterator[psycopg.Connection]:
    with server.connect(database, autocommit=False) as open_connection:
        yield open_connection
        open_connection.rollback()


def one(connection: psycopg.Connection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_the_platforms_roles_are_those_that_are_listed(server: postgres.Server, platform: str) -> None:
    with server.connect(platform) as connection:
        # `~policies` stands for what supautils does without a role: no session becomes it, and no copy knows it.
        rows = connection.execute(
            "select rolname from pg_roles where (oid >= 16384 or rolname = 'supabase_admin') and rolname <> '~policies'"
        )
        assert {str(name) for (name,) in rows.fetchall()} == set(PLATFORM_ROLES)


def test_a_shadow_servers_databases_have_no_comments_on_what_postgresql_brings(
    server: postgres.Server, platform: str
) -> None:
    for name in (platform, empty_template(server)):
        with server.connect(name) as connection:
            built_in = "select count(*) from pg_description where objoid < 16384 and classoid"
            assert one(connection, f"{built_in} not in ('pg_namespace'::regclass, 'pg_extension'::regclass)") == 0
            # pg_dump compares it.
            assert one(connection, "select obj_description('public'::regnamespace)") == "standard public schema"


def test_postgres_is_no_superuser_and_bypasses_row_level_security(connection: psycopg.Connection) -> None:
    row = connection.execute(
        "select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = 'postgres'"
    ).fetchone()
    assert row == (False, True, True, True, True)


@pytest.mark.parametrize("schema", ["auth", "storage", "realtime", "graphql_public", "vault", "supabase_functions"])
def test_platform_schemas_belong_to_supabase_admin(connection: psycopg.Connection, schema: str) -> None:
    # The CLI's reset drops every schema that does not (supabase/cli, pkg/migration/queries/drop.sql).
    assert (
        one(connection, f"select nspowner::regrole::text from pg_namespace where nspname = '{schema}'")
        == "supabase_admin"
    )


def test_policies_ask_the_token(connection: psycopg.Connection) -> None:
    connection.execute(
        """select set_config('request.jwt.claims',
           '{"sub": "7b2d1e0e-0000-4000-8000-000000000001", "role": "authenticated", "email": "a@b.c"}', true)"""
    )
    assert str(one(connection, "select auth.uid()")) == "7b2d1e0e-0000-4000-8000-000000000001"
    assert one(connection, "select auth.role()") == "authenticated"
    assert one(connection, "select auth.email()") == "a@b.c"
    assert one(connection, "select auth.jwt() ->> 'role'") == "authenticated"


def test_without_a_token_there_is_no_user(connection: psycopg.Connection) -> None:
    assert one(connection, "select auth.uid()") is None
    assert one(connection, "select auth.jwt()") is None


def test_a_trigger_on_auth_users_and_policies_on_storage_are_allowed(connection: psycopg.Connection) -> None:
    connection.execute("create function public.f() returns trigger language plpgsql as $$begin return new; end$$")
    connection.execute("create trigger t after insert on auth.users for each row execute function public.f()")
    connection.execute("create policy p on storage.objects for select to anon using (bucket_id = 'x')")
    connection.execute("create policy p on realtime.messages for select to authenticated using (true)")
    connection.execute("insert into storage.buckets (id, name, public) values ('x', 'x', true)")


def test_rows_of_storage_are_not_deleted_by_sql(connection: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="Storage API"):
        connection.execute("delete from storage.objects")


def test_storage_helpers(connection: psycopg.Connection) -> None:
    assert one(connection, "select storage.foldername('a/b/c.png')") == ["a", "b"]
    assert one(connection, "select storage.filename('a/b/c.png')") == "c.png"
    assert one(connection, "select storage.extension('a/b/c.tar.gz')") == "gz"
    connection.execute("insert into storage.buckets (id, name) values ('b', 'b')")
    connection.execute("insert into storage.objects (bucket_id, name) values ('b', 'f/1'), ('b', 'f/2'), ('b', 'top')")
    rows = connection.execute("select name from storage.search('', 'b') order by 1").fetchall()
    assert rows == [("f",), ("top",)]


def test_realtime_keeps_what_is_sent(connection: psycopg.Connection) -> None:
    with connection.transaction():
        connection.execute("set local role supabase_realtime_admin")
        connection.execute("create table realtime.messages_all partition of realtime.messages default")
    connection.execute("select realtime.send('{\"a\": 1}', 'event', 'topic')")
    assert one(connection, "select count(*) from realtime.messages where topic = 'topic' and payload ? 'id'") == 1


@pytest.mark.parametrize(("flag", "may_read"), [("true", True), ("false", False)])
def test_new_tables_are_exposed_as_config_toml_says(
    make_project: Callable[..., Settings], server: postgres.Server, flag: str, may_read: bool
) -> None:
    settings = make_project(f"expose-{flag}", CONFIG.format(flag))
    with server.scratch(postgres.platform_template(server, settings)) as name, server.connect(name) as connection:
        connection.execute("create table public.t (a int)")
        assert one(connection, "select has_table_privilege('anon', 'public.t', 'select')") is may_read


def test_strict_roles_may_not_change_platform_tables(
    make_project: Callable[..., Settings], server: postgres.Server
) -> None:
    settings = make_project("strict", roles="strict")
    own = postgres.shadow(settings)
    with own.scratch(postgres.platform_template(own, settings)) as name, own.connect(name) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("alter table storage.buckets add column x int")
        connection.execute(
            "create trigger t after insert on auth.users for each row"
            " execute function suppress_redundant_updates_trigger()"
        )


def test_the_bootstrap_survives_a_dump(server: postgres.Server, database: str) -> None:
    dump = server.dump_schema(database)
    assert "CREATE TABLE auth.users" in dump
    assert "CREATE EXTENSION IF NOT EXISTS supabase_vault WITH SCHEMA vault" in dump


def test_the_local_database_can_be_made_pristine(make_project: Callable[..., Settings]) -> None:
    settings = make_project("pristine")
    server = postgres.local(settings)
    with server.connect() as connection:
        connection.execute(
            "create table public.t (a int); create role gone; insert into storage.buckets values ('x', 'x')"
        )
    postgres.recreate_local(server, settings)
    with server.connect() as connection:
        assert one(connection, "select to_regclass('public.t')") is None
        assert one(connection, "select count(*) from storage.buckets") == 0
        assert one(connection, "select count(*) from pg_roles where rolname = 'gone'") == 0
