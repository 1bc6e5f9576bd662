"""What is lifted for a guest runs none of the guest's code, and hands over nothing that was there before it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from support.guests import FUNCTION

from supabase_tasks import postgres, state_dir
from supabase_tasks.errors import DatabaseError, MigrationError
from supabase_tasks.postgres import elevation, restoring, signing
from supabase_tasks.settings import Settings


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Open to the unprivileged user that PostgreSQL runs as under root.
    made = Path(tempfile.mkdtemp(prefix="st-lifts-"))
    made.chmod(0o755)
    (made / "marks").mkdir()
    (made / "marks").chmod(0o777)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(made / "state"))
        yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def settings(folder: Path) -> Iterator[Settings]:
    supabase = folder / "project" / "supabase"
    (supabase / "migrations").mkdir(parents=True)
    (supabase / "config.toml").write_text('project_id = "p"\n[db]\nmajor_version = 17\nport = 54322\n')
    found = Settings(root=supabase.parent, project="p", supabase=supabase, migrations=supabase / "migrations")
    yield found
    postgres.stop(found)


@pytest.fixture(scope="module")
def server(settings: Settings) -> postgres.Server:
    return postgres.shadow(settings)


TYPES = """
create domain public.d as integer check (evil.yes(value));
create type public.c as (x public.d);
create table public.t (a integer, b public.d[]);
"""
# PostgreSQL calls a type's code for a constant when it parses an expression, before it refuses the expression.
PARSED = {
    "an array of a domain": "create publication p for tables in schema evil, table public.t where ('{1}'::public.d[] is null)",
    "a column's type": "create publication p for tables in schema evil, table public.t where (b = '{1}')",
    "a composite type": "create publication p for tables in schema evil, table public.t where ('(1)'::public.c is null)",
    "a filter added": (
        "create publication p; alter publication p add tables in schema evil, table public.t where (b = '{1}')"
    ),
    "a filter set": "create publication p; alter publication p set tables in schema evil, table public.t where (b = '{1}')",
}


@pytest.mark.parametrize("kind", PARSED)
def test_a_row_filter_is_not_parsed_with_more_rights(
    server: postgres.Server, settings: Settings, folder: Path, kind: str
) -> None:
    sql = FUNCTION.replace("{mark}", str(folder / "marks" / "mark")) + TYPES + PARSED[kind]
    template = postgres.platform_template(server, settings)
    with server.scratch(template) as name, server.migrator(name) as connection, pytest.raises(MigrationError) as caught:
        postgres.apply_file(connection, sql, version="1", name="n")
    assert caught.value.data["sqlstate"] in ("42501", "0A000")
    assert list((folder / "marks").iterdir()) == []


@pytest.mark.server
def test_a_policy_on_the_platforms_tables_is_parsed_without_superuser(folder: Path) -> None:
    supabase = folder / "strict" / "supabase"
    (supabase / "migrations").mkdir(parents=True)
    (supabase / "config.toml").write_text('project_id = "s"\n[db]\nmajor_version = 17\nport = 54322\n')
    settings = Settings(
        root=supabase.parent, project="s", supabase=supabase, migrations=supabase / "migrations", roles="strict"
    )
    policy = "create policy p on storage.objects for select to anon using ('{1}'::public.d[] is not null)"
    sql = FUNCTION.replace("{mark}", str(folder / "marks" / "mark")) + TYPES + policy
    try:
        server = postgres.shadow(settings)
        with server.scratch(postgres.platform_template(server, settings)) as name, server.migrator(name) as connection:
            postgres.apply_file(connection, sql, version="1", name="n")
            assert connection.execute("select count(*) from pg_policy where polname = 'p'").fetchone() == (1,)
            assert connection.execute("select rolsuper from pg_roles where rolname = '~policies'").fetchone() == (
                False,
            )
    finally:
        postgres.stop(settings)
    assert list((folder / "marks").iterdir()) == []


def test_a_function_of_the_superuser_is_not_bent(server: postgres.Server, settings: Settings) -> None:
    signature = "extensions.pgrst_ddl_watch()"
    with server.scratch(postgres.platform_template(server, settings)) as name, server.migrator(name) as connection:
        row = connection.execute("select prosrc from pg_proc where oid = %s::regprocedure", (signature,)).fetchone()
        assert row is not None
        parts = (signature, str(row[0]), "begin end")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="for this function"):
            connection.execute(
                "select pg_catalog.supabase_tasks_bend(%s, %s, %s, %s)", (*parts, signing.sign(server.key(), *parts))
            )


def test_a_published_schema_and_a_row_filter_are_fine_in_statements_of_their_own(
    server: postgres.Server, settings: Settings
) -> None:
    sql = (
        "create table public.t (a integer); create schema s; create publication p for tables in schema s;"
        "alter publication p add table public.t where (a > 1); alter extension pgcrypto set schema public"
    )
    with server.scratch(postgres.platform_template(server, settings)) as name, server.migrator(name) as connection:
        postgres.apply_file(connection, sql, version="1", name="n")


# A guest's function in addition to PostgreSQL's own: `convert_to(text, text)` is a better match for a constant than theirs.
MOVED = (
    "create schema evil; create extension hstore schema evil;"
    "create function evil.convert_to(text, text) returns bytea language sql as 'select null::bytea';"
    "alter extension hstore add function evil.convert_to(text, text);"
    "alter extension hstore set schema {schema}"
)


@pytest.mark.parametrize("schema", ["pg_catalog", '"pg_catalog"', "information_schema", "pg_toast"])
def test_no_function_of_a_guest_comes_to_lie_among_those_of_postgresql(
    server: postgres.Server, settings: Settings, schema: str
) -> None:
    with server.scratch(postgres.platform_template(server, settings)) as name, server.migrator(name) as connection:
        with pytest.raises(MigrationError) as caught:
            postgres.apply_file(connection, MOVED.replace("{schema}", schema), version="1", name="n")
        assert caught.value.data["sqlstate"] == "42501"


# A server that lies, or whose superuser has changed its catalog's functions, says in a dump whatever it likes.
TAKEN = {
    "where databases are made": "ALTER DATABASE template1 OWNER TO postgres",
    "PostgreSQL's schema": "ALTER SCHEMA pg_catalog OWNER TO postgres",
    "a function for files": "ALTER FUNCTION pg_catalog.pg_read_file(text) OWNER TO postgres",
    "the function that lifts": (
        "ALTER FUNCTION pg_catalog.supabase_tasks_lift(text, text, text, text, text) OWNER TO postgres"
    ),
    "the function for the platform's owners": "ALTER FUNCTION pg_catalog.supabase_tasks_as_owner(text) OWNER TO postgres",
    "the function that bends": "ALTER FUNCTION pg_catalog.supabase_tasks_bend(text, text, text, text) OWNER TO postgres",
    "a routine for files": "ALTER ROUTINE pg_catalog.pg_ls_dir(text) OWNER TO postgres",
    "a view of passwords": "ALTER VIEW pg_catalog.pg_shadow OWNER TO postgres",
    "a table of passwords": "ALTER TABLE pg_catalog.pg_authid OWNER TO postgres",
    "a language": "ALTER LANGUAGE internal OWNER TO postgres",
    "an operator": "ALTER OPERATOR pg_catalog.=(integer, integer) OWNER TO postgres",
    "a family of operators": "ALTER OPERATOR FAMILY pg_catalog.integer_ops USING btree OWNER TO postgres",
    "a name without a schema": "ALTER FUNCTION pg_read_file(text) OWNER TO postgres",
}
OWNED = """
select count(*) from (
  select datdba from pg_database where datname = 'template1' union all
  select nspowner from pg_namespace where nspname = 'pg_catalog' union all
  select proowner from pg_proc where pronamespace = 'pg_catalog'::regnamespace union all
  select relowner from pg_class where relnamespace = 'pg_catalog'::regnamespace union all
  select lanowner from pg_language union all select oprowner from pg_operator where oid < 16384 union all
  select opfowner from pg_opfamily where oid < 16384
) as owners (owner) where owner <> 'supabase_admin'::regrole and owner <> 10 and owner <> '"~policies"'::regrole
"""


@pytest.mark.parametrize("kind", TAKEN)
def test_a_dump_takes_nothing_that_was_there_before_it(server: postgres.Server, settings: Settings, kind: str) -> None:
    with server.scratch(postgres.platform_template(server, settings)) as name:
        with server.admin() as connection:
            restoring.prepare(connection)
            connection.execute(f'alter database "{name}" owner to "~restorer"'.encode())
        try:
            restoring.restore(server, name, f"{TAKEN[kind]};", foreign_owners=set())
        except DatabaseError as error:
            assert error.code == "copy-failed"
        with server.connect(name) as connection:
            assert connection.execute(OWNED).fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER FUNCTION public.f(integer) OWNER TO postgres",
        "ALTER OPERATOR CLASS public.o USING btree OWNER TO postgres",
        "ALTER TABLE ONLY public.t OWNER TO postgres",
        "ALTER SCHEMA s OWNER TO postgres",
        "ALTER EVENT TRIGGER e OWNER TO postgres",
    ],
)
def test_what_a_dump_has_made_is_handed_over(statement: str) -> None:
    assert elevation.hands_over(statement, frozenset(("postgres",)))
    assert not elevation.hands_over(statement, frozenset(("anon",)))
