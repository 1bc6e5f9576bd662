"""A foreign schema, and a migration, never run as more than a guest."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from support import databases, waiting
from support.guests import FUNCTION, KINDS

from supabase_tasks import postgres, state_dir
from supabase_tasks.diff.proof import dump
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.errors import DatabaseError, MigrationError
from supabase_tasks.ledger.files import read
from supabase_tasks.postgres.copying import copy_schema
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server

CONFIG = 'project_id = "p"\n[db]\nmajor_version = 17\nport = 54322\n'


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Open to the unprivileged user that PostgreSQL runs as under root.
    made = Path(tempfile.mkdtemp(prefix="st-guest-"))
    made.chmod(0o755)
    (made / "marks").mkdir()
    (made / "marks").chmod(0o777)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(made / "state"))
        yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def settings(folder: Path) -> Iterator[Settings]:
    root = folder / "project"
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "config.toml").write_text(CONFIG)
    found = Settings(root=root, project="p", supabase=root / "supabase", migrations=root / "supabase" / "migrations")
    yield found
    postgres.stop(found)


@pytest.fixture(scope="module")
def server(settings: Settings) -> postgres.Server:
    server = postgres.shadow(settings)
    postgres.platform_template(server, settings)
    return server


@pytest.fixture(scope="module")
def foreign(settings: Settings, server: postgres.Server) -> postgres.Server:
    """The server whose databases are copied; the attacker is its superuser."""
    return postgres.local(settings)


@pytest.fixture
def mark(folder: Path) -> Iterator[Callable[[], list[str]]]:
    """Names what code has left behind outside the databases."""

    def left() -> list[str]:
        return sorted(path.name for path in (folder / "marks").glob("*"))

    yield left
    for path in (folder / "marks").glob("*"):
        path.unlink()


Foreign = Callable[[str], str]


@pytest.fixture
def target(foreign: postgres.Server, folder: Path) -> Iterator[Foreign]:
    """Makes a database on the foreign server from SQL, run by its superuser; returns the URL that is copied."""
    names: list[str] = []

    def make(sql: str) -> str:
        name = f"target{len(names)}"
        with databases.superuser(foreign, "template1") as connection:
            connection.execute(f'create database "{name}" template template0'.encode())
        names.append(name)
        with databases.superuser(foreign, name) as connection:
            connection.execute("set event_triggers = off")
            connection.execute(filled(FUNCTION, folder).replace("execute $run$copy", "perform $run$copy").encode())
            connection.execute(sql.encode())
            connection.execute(
                filled(FUNCTION, folder)
                .replace("create schema evil;", "")
                .replace("create f", "create or replace f")
                .encode()
            )
        return f"postgresql://postgres@/{name}?host={foreign.socket}&port={foreign.port}"

    yield make
    with databases.superuser(foreign, "template1") as connection:
        for name in names:
            connection.execute(f'drop database if exists "{name}" with (force)'.encode())


def filled(sql: str, folder: Path) -> str:
    return sql.replace("{mark}", str(folder / "marks" / "mark"))


def use(server: postgres.Server, database: str) -> None:
    """What a comparison does with a database: read it, dump it, copy it, change it."""
    with server.connect(database) as connection:
        read_snapshot(connection)
    dump.take(server, database)
    with server.scratch(database) as copy, server.migrator(copy) as connection:
        read_snapshot(connection)
        postgres.apply_file(
            connection, "create table public.more (a int); drop table public.more", version="9", name="n"
        )
        postgres.apply_file(connection, "create extension if not exists hstore; analyze;", version="91", name="n")


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_runs_nothing(
    server: postgres.Server, target: Foreign, mark: Callable[[], list[str]], kind: str
) -> None:
    if kind == "foreign data wrapper's validator":
        pytest.skip("refused: test_a_copy_takes_no_validator_of_the_other_side")
    with copy_schema(server, target(KINDS[kind])) as copy:
        use(server, copy)
    assert mark() == [], kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_migration_runs_nothing_outside(
    server: postgres.Server, settings: Settings, folder: Path, mark: Callable[[], list[str]], kind: str
) -> None:
    file = settings.migrations / "0001_guest.sql"
    file.write_text(filled(FUNCTION, folder) + KINDS[kind])
    try:
        template = postgres.history_template(server, settings, read(settings))
        name = server.clone(template)
        server.drop(name)
        use(server, template)
    except MigrationError as error:
        assert "permission denied" in str(error.data["postgres_message"])
        assert kind == "foreign data wrapper's validator"
    finally:
        file.unlink()
    assert mark() == [], kind


FORBIDDEN = {
    "program": "copy (select 1) to program 'touch {mark}'",
    "program to read": "create table t (a text); copy t from program 'touch {mark}; echo x'",
    "file": "copy (select 1) to '{mark}'",
    "file to read": "select pg_read_file('/proc/self/environ')",
    "binary file": "select pg_read_binary_file('postgresql.conf')",
    "folder": "select pg_ls_dir('/')",
    "the key": "select pg_read_file('supabase-tasks.key')",
    "large object from a file": "select lo_import('/etc/hostname')",
    "large object to a file": "select lo_export(lo_create(0), '{mark}')",
    "role for programs": "grant pg_execute_server_program to postgres",
    "role for files": "grant pg_read_server_files, pg_write_server_files to postgres",
    "superuser role": "create role x superuser",
    "superuser for oneself": "alter role postgres superuser",
    "the platform's superuser": "grant supabase_admin to postgres",
    "session of the superuser": "set session authorization supabase_admin",
    "role of the superuser": "set role supabase_admin",
    "library": "load '/tmp/evil.so'",
    "function of a library": "create function f() returns int language c as '/tmp/evil', 'f'",
    "function of the server": "create function f(text) returns text language internal as 'pg_read_file_all'",
    "untrusted language": "create extension plpython3u",
    "foreign files": "create extension file_fdw",
    "subscription": "create subscription s connection 'host=127.0.0.1' publication p with (connect = false)",
    "setting of the server": "alter system set archive_command = 'touch {mark}'",
    "setting of the database": "alter database postgres set session_preload_libraries = 'x'",
    "library of a session": "alter role postgres set session_preload_libraries = 'x'",
    "owner": "create function f() returns int language sql as 'select 1'; alter function f() owner to supabase_admin",
    "event triggers": "set event_triggers = off",
    "function that lifts": "select pg_catalog.supabase_tasks_lift('alter role postgres superuser', '', '', '', '')",
    "function that bends": "select pg_catalog.supabase_tasks_bend('evil.run()', '', 'begin end', '')",
    "function for the platform's owners": "select pg_catalog.supabase_tasks_as_owner('alter table auth.users add x integer')",
    "function that runs what was signed": (
        "select pg_catalog.supabase_tasks_run('alter role postgres superuser',"
        " array['alter role postgres superuser', '', '', '', 'x'], false)"
    ),
    "what lifts, made anew": (
        "create or replace function pg_catalog.supabase_tasks_lift(text, text, text, text, text) returns void"
        " language sql as 'select'"
    ),
    "dblink": "create extension dblink; select dblink_connect('host=127.0.0.1 user=supabase_admin dbname=template1')",
    "dblink without a password": "create extension dblink; select dblink_connect_u('host=/tmp dbname=template1')",
    "postgres_fdw": (
        "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw options (host '127.0.0.1');"
        "create user mapping for postgres server s options (user 'postgres', password 'x');"
        "create foreign table f (a int) server s; select * from f"
    ),
    "import from a server": (
        "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw options (host '127.0.0.1');"
        "create user mapping for postgres server s options (user 'postgres', password 'x');"
        "import foreign schema public from server s into public"
    ),
    "in a block": "do $$ begin execute 'alter role postgres superuser'; end $$",
    "in a block, by a statement that is lifted": (
        "create function v(text[], oid) returns void language plpgsql as 'begin end';"
        "do $$ begin execute 'create foreign data wrapper w validator v'; end $$"
    ),
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_guest_reaches_no_program_file_network_or_right(
    server: postgres.Server,
    settings: Settings,
    folder: Path,
    mark: Callable[[], list[str]],
    kind: str,
) -> None:
    template = postgres.platform_template(server, settings)
    with server.scratch(template) as name, server.migrator(name) as connection:
        sql = FORBIDDEN[kind].replace("{mark}", str(folder / "marks" / "mark"))
        with pytest.raises(MigrationError) as caught:
            postgres.apply_file(connection, sql, version="1", name="n")
        # Refused for want of rights, or because it is not there; never for the other side's answer.
        assert caught.value.data["sqlstate"] in ("42501", "0A000", "XX000", "2200F", "42710", "42601", "0LP01"), str(
            caught.value.cause
        )
        assert "onnect" not in str(caught.value.data["postgres_message"]) or "does not connect" in str(
            caught.value.cause
        )
    assert mark() == []
    with server.admin() as connection:
        assert connection.execute("select rolsuper from pg_roles where rolname = 'postgres'").fetchone() == (False,)


def test_a_lifted_statement_means_to_the_server_what_it_meant_to_the_parser(
    server: postgres.Server, settings: Settings
) -> None:
    sql = (
        "set standard_conforming_strings = off; set client_encoding = 'SJIS';"
        r"create foreign data wrapper w options (a 'x\', b '); alter role postgres superuser; --')"
    )
    with server.scratch(postgres.platform_template(server, settings)) as name, server.migrator(name) as connection:
        postgres.apply_file(connection, sql, version="1", name="n")
        row = connection.execute("select fdwoptions from pg_foreign_data_wrapper where fdwname = 'w'").fetchone()
        assert row == (["a=x\\", "b=); alter role postgres superuser; --"],)
        assert connection.execute("select rolsuper from pg_roles where rolname = 'postgres'").fetchone() == (False,)


def test_the_superuser_enters_no_database_that_others_were_in(server: postgres.Server, settings: Settings) -> None:
    names = (postgres.platform_template(server, settings), "postgres", "history_0", "building_history_1", "desired_1_a")
    for name in (*names, "scratch_1_a", "spare_1", "empty_0", "template0"):
        with pytest.raises(DatabaseError, match="does not enter"):
            server.admin(name)


def test_nothing_that_runs_with_its_owners_rights_belongs_to_the_superuser(
    server: postgres.Server, settings: Settings
) -> None:
    template = postgres.platform_template(server, settings)
    # The first two run what is signed; the third takes nothing and gives digests, to `postgres` only.
    ours = {f"pg_catalog.supabase_tasks_{name}" for name in ("lift", "bend", "user_mappings")}
    allowed = {*ours, "pgbouncer.get_auth"}
    with server.scratch(template) as name, server.migrator(name) as connection:
        for extension in postgres_standins(connection):
            connection.execute(f'create extension if not exists "{extension}" cascade'.encode())
        rows = connection.execute(
            "select pronamespace::regnamespace || '.' || proname from pg_proc p join pg_roles o on o.oid = proowner"
            " where prosecdef and rolsuper"
        ).fetchall()
        assert {str(found) for (found,) in rows} <= allowed


def postgres_standins(connection: psycopg.Connection) -> list[str]:
    row = connection.execute("select current_setting('supabase_tasks.standins')").fetchone()
    assert row is not None
    return [name for name in str(row[0]).split(",") if name]


def test_a_session_of_a_guest_sees_what_it_should_not(server: postgres.Server, settings: Settings) -> None:
    """Types are looked for in the temporary schema first, whatever a function's search path says."""
    template = postgres.platform_template(server, settings)
    with server.scratch(template) as name, server.connect(name) as connection:
        connection.execute(
            "create function pg_temp.seen(value text) returns boolean language plpgsql as"
            " $$ begin raise notice '%', (select rolsuper from pg_roles where rolname = current_user); return true; end $$;"
            "create domain pg_temp.text as pg_catalog.text check (pg_temp.seen(value));"
            "create domain pg_temp.name as pg_catalog.name"
        )
        said: list[str] = []
        connection.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
        connection.execute("select * from pgbouncer.get_auth('postgres')")
        assert "t" not in said


def test_a_copy_takes_no_validator_of_the_other_side(
    server: postgres.Server, target: Foreign, mark: Callable[[], list[str]]
) -> None:
    with (
        pytest.raises(DatabaseError, match="cannot be copied"),
        copy_schema(server, target(KINDS["foreign data wrapper's validator"])),
    ):
        pass
    assert mark() == []


def test_commands_of_psql_in_a_dump_are_not_obeyed(
    server: postgres.Server, settings: Settings, folder: Path, mark: Callable[[], list[str]]
) -> None:
    from supabase_tasks.postgres import restoring

    evil = f"\\restrict abc\nselect 1;\n\\! touch {folder}/marks/mark\n\\unrestrict abc\n\\unrestrict xyz\n"
    with server.scratch(postgres.platform_template(server, settings)) as name, server.admin() as connection:
        restoring.prepare(connection)
        with pytest.raises(DatabaseError, match="cannot be copied"):
            restoring.restore(server, name, evil, foreign_owners=set())
    assert mark() == []


def test_the_servers_have_nothing_of_the_developers_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder / "bare"
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "config.toml").write_text(CONFIG)
    settings = Settings(root=root, project="b", supabase=root / "supabase", migrations=root / "supabase" / "migrations")
    secrets = {name: f"secret-{name}" for name in ("SUPABASE_DB_PASSWORD_PROD", "SUPABASE_ACCESS_TOKEN", "ANYTHING")}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    try:
        for start in (postgres.shadow, postgres.local):
            started = start(settings)
            with started.admin() as connection:
                pids = (
                    connection.info.backend_pid,
                    int((started.folder / "data/postmaster.pid").read_text().split()[0]),
                )
                for pid in pids:
                    assert b"secret-" not in Path(f"/proc/{pid}/environ").read_bytes()
    finally:
        postgres.stop(settings)


@pytest.mark.skipif(not Path("/usr/lib/postgresql/15/bin/postgres").exists(), reason="no PostgreSQL 15 here")
def test_postgresql_15_lends_no_more(folder: Path, mark: Callable[[], list[str]]) -> None:
    root = folder / "fifteen"
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "config.toml").write_text(CONFIG.replace("17", "15"))
    settings = Settings(root=root, project="o", supabase=root / "supabase", migrations=root / "supabase" / "migrations")
    server = postgres.shadow(settings)
    assert server.major == 15
    event = filled(FUNCTION, folder) + "create event trigger e on ddl_command_end execute function evil.event();"
    try:
        template = postgres.platform_template(server, settings)
        for kind in ("role for programs", "role for files", "superuser role", "dblink", "in a block"):
            with server.scratch(template) as name, server.migrator(name) as connection, pytest.raises(MigrationError):
                postgres.apply_file(connection, FORBIDDEN[kind], version="1", name="n")
        with server.scratch(template) as name, server.migrator(name) as connection:
            postgres.apply_file(connection, event, version="1", name="n")
            postgres.apply_file(
                connection, "create extension hstore; create foreign data wrapper w", version="2", name="n"
            )
            postgres.apply_file(connection, "alter event trigger e enable always", version="3", name="n")
            for refused in ("create extension citext", "create foreign data wrapper w2"):
                with pytest.raises(MigrationError):
                    postgres.apply_file(connection, refused, version="4", name="n")
        assert mark() == []
    finally:
        postgres.stop(settings)


def test_the_log_knows_no_superuser_in_a_database_that_others_were_in(
    server: postgres.Server, settings: Settings, target: Foreign
) -> None:
    with databases.superuser(server) as connection:
        for name, value in (("log_connections", "on"), ("log_min_messages", "log")):
            connection.execute(f"alter system set {name} = '{value}'".encode())
        connection.execute("select pg_reload_conf()")
    log = server.folder / "server.log"
    file = settings.migrations / "0002_logged.sql"
    file.write_text("create table public.logged (a int); insert into public.logged values (1);")
    try:
        waiting.until(lambda: seen(server, log))
        with copy_schema(server, target("create table public.t (a int)")) as copy:
            use(server, copy)
        template = postgres.history_template(server, settings, read(settings))
        use(server, template)
        server.begin_clone_ahead(template)
    finally:
        file.unlink()
        with databases.superuser(server) as connection:
            connection.execute("alter system reset all")
            connection.execute("select pg_reload_conf()")
    entered = set(re.findall(r"connection authorized: user=supabase_admin database=(\S+)", log.read_text()))
    # The one of this test's own ends the log.
    assert "template1" in entered
    assert {name for name in entered if not re.fullmatch(r"template1|building_(platform|empty)_\w+", name)} <= {
        "postgres"
    }


def seen(server: postgres.Server, log: Path) -> bool:
    with server.connect("template1"):
        return "connection authorized: user=postgres" in log.read_text()
