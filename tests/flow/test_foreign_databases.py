"""schema-diff between databases that were never a Supabase project: faithful copies, and an empty plan that is proven."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.plain_server import PlainServer

from supabase_tasks import postgres, state_dir
from supabase_tasks.diff.ddl.hazards import GATED
from supabase_tasks.errors import TaskError
from supabase_tasks.flow.schema import schema_diff
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.postgres.copying import copy_schema
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Open to the unprivileged user that PostgreSQL runs as under root.
    made = Path(tempfile.mkdtemp(prefix="st-foreign-"))
    made.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(made / "state"))
        yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def settings(folder: Path) -> Iterator[Settings]:
    (folder / "supabase" / "migrations").mkdir(parents=True)
    found = Settings(
        root=folder, project="f", supabase=folder / "supabase", migrations=folder / "supabase" / "migrations"
    )
    yield found
    postgres.stop(found)


@pytest.fixture(scope="module")
def shadow(settings: Settings) -> postgres.Server:
    server = postgres.shadow(settings)
    postgres.platform_template(server, settings)
    return server


@pytest.fixture(scope="module")
def sides(shadow: postgres.Server, folder: Path) -> Iterator[tuple[PlainServer, PlainServer]]:
    servers = (PlainServer(shadow.bin, folder / "a"), PlainServer(shadow.bin, folder / "b"))
    yield servers
    for server in servers:
        server.stop()


Between = Callable[[str, str], list[str]]


@pytest.fixture
def between(settings: Settings, shadow: postgres.Server) -> Iterator[Between]:
    """The proven statements from one URL to another; nothing is left on the shadow server afterwards."""
    before = left(shadow)

    def planned(source: str, target: str) -> list[str]:
        request = Request(allow=frozenset(GATED), ask=lambda question: None)
        plan = schema_diff.plan_schemas(settings, source, target, request)
        texts = [text.rstrip(";") for file in plan.files for text in file.statements]
        return [text for text in texts if not text.startswith("SET ")]

    yield planned
    assert left(shadow) == before


def left(server: postgres.Server) -> tuple[set[str], set[str]]:
    """Scratch databases and roles on the server."""
    with server.admin() as connection:
        names = connection.execute("select datname from pg_database where datname like 'scratch%'").fetchall()
        roles = connection.execute("select rolname from pg_roles where rolname like 'm\\_%'").fetchall()
    return {str(name) for (name,) in names}, {str(name) for (name,) in roles}


TRIGGERED = "create function public.seen() returns event_trigger language plpgsql as $$ begin end $$;"
SAME = (
    "create function public.same(a int, b int) returns bool language sql immutable as $$ select a = b $$;"
    "create function public.other(a int, b int) returns bool language sql immutable as $$ select a <> b $$;"
)
# Whether the new owner may create in the database, which it has to, is for the database to say that it runs in.
HANDED_OVER = """DO $$ BEGIN
    IF has_database_privilege('m_herald', current_database(), 'CREATE') THEN
        ALTER PUBLICATION feed OWNER TO m_herald;
    ELSE
        EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), 'm_herald');
        ALTER PUBLICATION feed OWNER TO m_herald;
        EXECUTE format('REVOKE CREATE ON DATABASE %I FROM %I', current_database(), 'm_herald');
    END IF;
END $$"""
# What both sides have, what only the second has, the statements forwards and backwards; a text is a refusal that names it.
Wanted = list[str] | str
CASES: dict[str, tuple[str, str, Wanted, Wanted]] = {
    "a table of a role of its own": (
        "create role m_shop; create table public.shelf (id int primary key); alter table public.shelf owner to m_shop",
        "",
        [],
        [],
    ),
    "a function, a sequence and a schema of a role of its own": (
        "create role m_shop; create schema shop authorization m_shop; create sequence shop.numbers;"
        "alter sequence shop.numbers owner to m_shop; create function public.one() returns int language sql as 'select 1';"
        "alter function public.one() owner to m_shop",
        "create table public.more ()",
        ["CREATE TABLE public.more ()"],
        ["DROP TABLE public.more"],
    ),
    "a table that gets another owner": (
        "create role m_shop; create table public.shelf (id serial)",
        "alter table public.shelf owner to m_shop",
        [
            "GRANT CREATE ON SCHEMA public TO m_shop",
            "ALTER TABLE public.shelf OWNER TO m_shop",
            "REVOKE CREATE ON SCHEMA public FROM m_shop",
        ],
        ["ALTER TABLE public.shelf OWNER TO postgres"],
    ),
    "a new table of another role, which lets in who made it": (
        "create role m_shop; grant create on schema public to m_shop",
        "create table public.t (a int, b int); alter table public.t owner to m_shop; grant select on public.t to postgres;"
        "grant update (b) on public.t to postgres",
        [
            "CREATE TABLE public.t (\n    a integer,\n    b integer\n)",
            "ALTER TABLE public.t OWNER TO m_shop",
            "GRANT SELECT ON TABLE public.t TO postgres",
            "GRANT UPDATE (b) ON TABLE public.t TO postgres",
        ],
        ["DROP TABLE public.t"],
    ),
    "columns of a view of another role": (
        "create role m_shop; create view public.v as select 1 as a; alter view public.v owner to m_shop",
        "grant select (a) on public.v to postgres, anon",
        ["GRANT SELECT (a) ON TABLE public.v TO anon, postgres"],
        ["REVOKE SELECT (a) ON TABLE public.v FROM anon, postgres"],
    ),
    "an owner who may create": (
        "create role m_shop; grant create on schema public to m_shop; create view public.v as select 1 as a",
        "alter view public.v owner to m_shop",
        ["ALTER VIEW public.v OWNER TO m_shop"],
        ["ALTER VIEW public.v OWNER TO postgres"],
    ),
    "objects of a superuser": (
        "create table public.shelf (id int)",
        "create role m_dba superuser; alter table public.shelf owner to m_dba",
        [],
        [],
    ),
    "a publication's owner": (
        "create role m_herald; create table public.z (id int); create publication feed for table public.z",
        "alter publication feed owner to m_herald",
        [HANDED_OVER],
        ["ALTER PUBLICATION feed OWNER TO postgres"],
    ),
    "an aggregate's owner": (
        "create role m_o; create function public.last(s anyelement, v anyelement) returns anyelement language sql immutable"
        " as 'select v'; create aggregate public.nth(order by anyelement) (sfunc = public.last, stype = anyelement)",
        "grant create on schema public to m_o; alter aggregate public.nth(order by anyelement) owner to m_o",
        [
            "GRANT CREATE ON SCHEMA public TO m_o",
            "ALTER FUNCTION public.nth(anyelement) OWNER TO m_o",
        ],
        ["REVOKE CREATE ON SCHEMA public FROM m_o", "ALTER FUNCTION public.nth(anyelement) OWNER TO postgres"],
    ),
    "owners of a collation, a dictionary, an operator, a server and a foreign table": (
        "create role m_o; grant create on schema public to m_o; create collation public.c (locale = 'C');"
        "create text search dictionary public.d (template = simple); create foreign data wrapper w;"
        f"create server s foreign data wrapper w; create foreign table public.ft (a int) server s; {SAME}"
        "create operator public.=== (leftarg = int, rightarg = int, function = public.same)",
        "alter collation public.c owner to m_o; alter text search dictionary public.d owner to m_o;"
        "grant usage on foreign data wrapper w to m_o; alter server s owner to m_o;"
        "alter foreign table public.ft owner to m_o; alter operator public.=== (int, int) owner to m_o",
        [
            "ALTER COLLATION public.c OWNER TO m_o",
            "ALTER TEXT SEARCH DICTIONARY public.d OWNER TO m_o",
            "ALTER OPERATOR public.=== (integer, integer) OWNER TO m_o",
            "GRANT USAGE ON FOREIGN DATA WRAPPER w TO m_o",
            "ALTER SERVER s OWNER TO m_o",
            "ALTER FOREIGN TABLE public.ft OWNER TO m_o",
        ],
        [
            "ALTER COLLATION public.c OWNER TO postgres",
            "ALTER TEXT SEARCH DICTIONARY public.d OWNER TO postgres",
            "ALTER OPERATOR public.=== (integer, integer) OWNER TO postgres",
            "REVOKE USAGE ON FOREIGN DATA WRAPPER w FROM m_o",
            "ALTER SERVER s OWNER TO postgres",
            "ALTER FOREIGN TABLE public.ft OWNER TO postgres",
        ],
    ),
    "default privileges of another role": (
        "create role m_clerk; grant m_clerk to postgres; create schema desk",
        "alter default privileges for role m_clerk in schema desk grant select on tables to anon",
        ["ALTER DEFAULT PRIVILEGES FOR ROLE m_clerk IN SCHEMA desk GRANT SELECT ON TABLES TO anon"],
        ["ALTER DEFAULT PRIVILEGES FOR ROLE m_clerk IN SCHEMA desk REVOKE SELECT ON TABLES FROM anon"],
    ),
    "default privileges of a role everywhere": (
        "create role m_clerk",
        "alter default privileges for role m_clerk revoke execute on functions from public",
        ["ALTER DEFAULT PRIVILEGES FOR ROLE m_clerk REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"],
        ["ALTER DEFAULT PRIVILEGES FOR ROLE m_clerk GRANT EXECUTE ON FUNCTIONS TO PUBLIC"],
    ),
    "an owner who gives up a privilege": (
        "create table public.drawer (id int)",
        "revoke update on public.drawer from postgres",
        ["REVOKE UPDATE ON TABLE public.drawer FROM postgres"],
        ["GRANT UPDATE ON TABLE public.drawer TO postgres"],
    ),
    "an owner of its own who gives up a privilege": (
        "create role m_shop; create table public.drawer (id int); alter table public.drawer owner to m_shop",
        "revoke delete on public.drawer from m_shop; grant select on public.drawer to anon",
        ["REVOKE DELETE ON TABLE public.drawer FROM m_shop", "GRANT SELECT ON TABLE public.drawer TO anon"],
        ["REVOKE SELECT ON TABLE public.drawer FROM anon", "GRANT DELETE ON TABLE public.drawer TO m_shop"],
    ),
    "an extension": (
        "",
        "create extension citext",
        ["CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public"],
        ["DROP EXTENSION citext"],
    ),
    "two extensions, one of which is used": (
        "create extension hstore; create table public.t (a hstore)",
        "create extension pg_trgm",
        ["CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public"],
        ["DROP EXTENSION pg_trgm"],
    ),
    "a foreign data wrapper on both sides": (
        "create foreign data wrapper wire",
        "create table public.other (id int)",
        ["CREATE TABLE public.other (\n    id integer\n)"],
        ["DROP TABLE public.other"],
    ),
    "an event trigger on both sides": (
        f"{TRIGGERED} create event trigger e on ddl_command_end execute function public.seen()",
        "alter event trigger e disable; create table public.other ()",
        ["CREATE TABLE public.other ()", "ALTER EVENT TRIGGER e DISABLE"],
        ["DROP TABLE public.other", "ALTER EVENT TRIGGER e ENABLE"],
    ),
    "an event trigger of another superuser": (
        f"create role m_dba superuser; {TRIGGERED} create event trigger e on sql_drop execute function public.seen();"
        "alter event trigger e owner to m_dba",
        "create table public.other ()",
        ["CREATE TABLE public.other ()"],
        ["DROP TABLE public.other"],
    ),
    "a subscription on both sides": (
        "create table public.gauge (id int); create subscription s connection 'host=127.0.0.1 port=1' publication p"
        " with (connect = false, slot_name = none, enabled = false)",
        "alter table public.gauge add column unit text",
        ["ALTER TABLE public.gauge ADD COLUMN unit text"],
        ["ALTER TABLE public.gauge DROP COLUMN unit"],
    ),
    "a subscription on one side": (
        "create table public.gauge (id int)",
        "create subscription s connection 'host=127.0.0.1 port=1' publication p with (connect = false, slot_name = none)",
        "subscription s (only on the desired side)",
        "subscription s (only on the current side)",
    ),
    "an index that became invalid": (
        "create table public.crate (id int, w int); create index crate_w on public.crate (w)",
        "update pg_index set indisvalid = false where indexrelid = 'public.crate_w'::regclass",
        "index public.crate_w",
        ["REINDEX INDEX public.crate_w"],
    ),
    "a unique index on an expression that became invalid": (
        'create schema s; create table s."Crate" (w text); create unique index "Crate_w" on s."Crate" (lower(w))',
        "update pg_index set indisvalid = false where indexrelid = 's.\"Crate_w\"'::regclass; create table public.more ()",
        ["CREATE TABLE public.more ()"],
        ["DROP TABLE public.more", 'REINDEX INDEX s."Crate_w"'],
    ),
    "an invalid index that is on one side only": (
        "create table public.crate (w int)",
        "create index crate_w on public.crate (w);"
        "update pg_index set indisvalid = false where indexrelid = 'public.crate_w'::regclass",
        "invalid index public.crate_w",
        ["DROP INDEX public.crate_w"],
    ),
    "an operator's function": (
        f"{SAME} create table public.t (a int)",
        "create operator public.=== (leftarg = int, rightarg = int, function = public.same)",
        [
            "CREATE OPERATOR public.=== (\n    FUNCTION = public.same,\n    LEFTARG = integer,\n    RIGHTARG = integer\n)"
        ],
        ["DROP OPERATOR public.=== (integer, integer)"],
    ),
    "options of a user mapping": (
        "create foreign data wrapper w; create server s foreign data wrapper w",
        "create user mapping for postgres server s options (user 'u', password 'hush-hush')",
        "USER MAPPING FOR postgres SERVER s",
        ["DROP USER MAPPING FOR postgres SERVER s"],
    ),
    "equal options of a user mapping": (
        "create foreign data wrapper w; create server s foreign data wrapper w;"
        "create user mapping for anon server s options (user 'u', password 'hush-hush');"
        "create user mapping for public server s options (password 'hush-hush')",
        "",
        [],
        [],
    ),
    "a collation in a partition key": (
        "create collation public.c (locale = 'C');"
        "create table public.t (a text collate public.c) partition by range (a)",
        "drop table public.t; drop collation public.c; create collation public.c (locale = 'POSIX');"
        "create table public.t (a text collate public.c) partition by range (a)",
        "public.t",
        "public.t",
    ),
    "a collation in a default": (
        "create collation public.c (locale = 'C'); create table public.t (a text default ('x' collate public.c))",
        "drop table public.t; drop collation public.c; create collation public.c (locale = 'POSIX');"
        "create table public.t (a text default ('x' collate public.c))",
        "public.t.a",
        "public.t.a",
    ),
    "options of another role's user mapping": (
        "create foreign data wrapper w; create server s foreign data wrapper w",
        "create user mapping for anon server s options (user 'u', password 'hush-hush')",
        "USER MAPPING FOR anon SERVER s",
        ["DROP USER MAPPING FOR anon SERVER s"],
    ),
    "other options of another role's user mapping": (
        "create foreign data wrapper w; create server s foreign data wrapper w;"
        "create user mapping for anon server s options (user 'u', password 'hush-hush')",
        "alter user mapping for anon server s options (set password 'hush-hush-2')",
        "USER MAPPING FOR anon SERVER s",
        "USER MAPPING FOR anon SERVER s",
    ),
    "other options of a user mapping": (
        "create foreign data wrapper w; create server s foreign data wrapper w;"
        "create user mapping for postgres server s options (user 'u', password 'hush-hush')",
        "alter user mapping for postgres server s options (set password 'hush-hush-2')",
        "USER MAPPING FOR postgres SERVER s",
        "USER MAPPING FOR postgres SERVER s",
    ),
    "a server's secret option": (
        "create foreign data wrapper w; create server s foreign data wrapper w options (api_key_id 'x')",
        "alter server s options (add api_key 'hush-hush')",
        "SERVER s: api_key",
        ["ALTER SERVER s OPTIONS (DROP api_key)"],
    ),
    "a grant on an extension's function": (
        "create role m_reader; create extension hstore",
        "grant execute on function public.hstore(text, text) to m_reader",
        "hstore(text, text)",
        "hstore(text, text)",
    ),
    "a language that is closed": (
        "create table public.t (id int)",
        "revoke usage on language plpgsql from public",
        "plpgsql",
        "plpgsql",
    ),
    "statistics of a foreign table's column": (
        "create foreign data wrapper w; create server s foreign data wrapper w; create foreign table public.ft (a int) server s",
        "alter foreign table public.ft alter a set statistics 300",
        ["ALTER FOREIGN TABLE public.ft ALTER COLUMN a SET STATISTICS 300"],
        ["ALTER FOREIGN TABLE public.ft ALTER COLUMN a SET STATISTICS -1"],
    ),
    "an extension that leaves public": (
        "create extension citext schema public; create function public.size_of(x public.citext) returns int language sql"
        " immutable as 'select length(x::text)'; create table public.t (a public.citext,"
        " constraint filled check (public.size_of(a) > 0)); create index on public.t (a)",
        "alter extension citext set schema extensions",
        ["ALTER EXTENSION citext SET SCHEMA extensions"],
        ["ALTER EXTENSION citext SET SCHEMA public"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_two_databases(sides: tuple[PlainServer, PlainServer], between: Between, case: str) -> None:
    common, more, *wanted = CASES[case]
    first, second = sides[0].filled(common), sides[1].filled(f"{common};{more}")
    for source, target, expected in ((first, second, wanted[0]), (second, first, wanted[1])):
        if isinstance(expected, str):
            with pytest.raises(TaskError) as caught:
                between(source, target)
            said = f"{caught.value.message} {caught.value.cause} {caught.value.data}"
            assert expected in said
            assert "hush" not in said
        else:
            assert between(source, target) == expected


CANNOT = {
    "an operator family": "create operator family public.fam using btree",
    "an operator class": f"{SAME} create operator class public.c for type int using hash as operator 1 =",
    "a text search parser": "create text search parser public.p"
    " (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)",
    "a text search template": "create text search template public.tt (lexize = dsimple_lexize)",
    "a function of a transform": "create function public.fs(internal) returns internal language internal immutable as 'int4recv';"
    "create transform for int language plpgsql (from sql with function public.fs(internal))",
}


@pytest.mark.parametrize("kind", CANNOT)
def test_what_only_a_superuser_makes_is_named_and_nothing_is_left(
    sides: tuple[PlainServer, PlainServer], between: Between, kind: str
) -> None:
    source = sides[0].filled(f"create role m_x; {CANNOT[kind]}")
    with pytest.raises(TaskError, match="cannot be copied") as caught:
        between(source, source)
    # A class makes its family first.
    assert kind.split(" ")[1].upper() in str(caught.value.cause)


def test_a_copy_that_fails_says_no_secret(sides: tuple[PlainServer, PlainServer], between: Between) -> None:
    source = sides[0].filled(
        "create role m_x superuser; create foreign data wrapper w; create server s foreign data wrapper w;"
        "create user mapping for m_x server s options (password 'hush-hush'); create operator family public.f using btree"
    )
    with pytest.raises(TaskError) as caught:
        between(source, source)
    assert "hush" not in f"{caught.value.cause} {caught.value.data}"


def test_roles_come_with_attributes_and_memberships_but_never_as_superusers(
    sides: tuple[PlainServer, PlainServer], shadow: postgres.Server
) -> None:
    url = sides[0].filled(
        "create role m_a noinherit login bypassrls; create role m_b superuser; create role m_c createdb; grant m_a to m_c;"
        "grant pg_execute_server_program, pg_read_server_files to m_a; grant postgres to m_c; grant m_b to m_a"
    )
    with copy_schema(shadow, url) as copy, shadow.connect(copy) as connection:
        rows = connection.execute(
            "select rolname, rolsuper, rolinherit, rolcanlogin, rolbypassrls, rolcreatedb from pg_roles"
            " where rolname like 'm\\_%' order by 1"
        )
        assert rows.fetchall()[::2] == [
            ("m_a", False, False, True, True, False),
            ("m_c", False, True, False, False, True),
        ]
        held = connection.execute(
            "select r.rolname, m.rolname from pg_auth_members a join pg_roles r on r.oid = a.roleid"
            " join pg_roles m on m.oid = a.member where m.rolname like 'm\\_%' order by 1, 2"
        )
        assert held.fetchall() == [("m_a", "m_c")]


def test_the_empty_plan_names_what_no_kind_reads(sides: tuple[PlainServer, PlainServer], between: Between) -> None:
    """What neither a kind nor the list of unmodelled objects knows differs in the dumps."""
    first = sides[0].filled("create table public.t (id int generated always as identity)")
    second = sides[1].filled(
        "create table public.t (id int generated always as identity); alter sequence public.t_id_seq set unlogged"
    )
    with pytest.raises(TaskError) as caught:
        between(first, second)
    assert caught.value.code == "unmodelled"
    assert caught.value.cause == "sequence public.t_id_seq (differs)"


def test_memberships_of_roles_that_both_know_are_named(
    sides: tuple[PlainServer, PlainServer], between: Between, settings: Settings
) -> None:
    """They were passed over: equal, exit 0."""
    roles = "create role m_a; create role m_b; create role m_c; create table public.t (id int);"
    first = sides[0].filled(f"{roles} grant m_a to m_b; grant m_b to m_c; create role m_d; grant m_d to m_a")
    second = sides[1].filled(f"{roles} grant m_a to m_b with admin option; grant m_a to m_c; create role m_e")
    with pytest.raises(TaskError) as caught:
        between(first, second)
    assert (caught.value.code, str(caught.value.cause).splitlines()) == (
        "unmodelled",
        [
            "membership of m_b in m_a (differs)",
            "membership of m_c in m_a (only on the desired side)",
            "membership of m_c in m_b (only on the current side)",
            "membership of m_a in m_d (only on the current side)",
        ],
    )
    ignoring = dataclasses.replace(settings, ignore=("membership:m_[abc]",))
    assert schema_diff.plan_schemas(ignoring, first, second, Request()).empty
    assert between(first, first) == []


def test_attributes_of_roles_that_both_have_are_named(
    sides: tuple[PlainServer, PlainServer], between: Between, settings: Settings
) -> None:
    """They were passed over: equal, exit 0. A password never counts."""
    first = sides[0].filled(
        "create role m_a login password 'one' createdb; create role m_b connection limit 5 valid until '2030-01-01 12:00+02';"
        "create role m_c; create role m_one login superuser; create table public.t (id int)"
    )
    second = sides[1].filled(
        "create role m_a login password 'two' noinherit bypassrls; create role m_c replication; create role m_two login;"
        "set timezone = 'Asia/Tokyo'; create role m_b connection limit 6 valid until '2030-01-01 10:00Z';"
        "create table public.t (id int)"
    )
    with pytest.raises(TaskError) as caught:
        between(first, second)
    assert (caught.value.code, str(caught.value.cause).splitlines()) == (
        "unmodelled",
        [
            "attribute of role m_a: BYPASSRLS (differs)",
            "attribute of role m_a: CREATEDB (differs)",
            "attribute of role m_a: INHERIT (differs)",
            "attribute of role m_b: CONNECTION LIMIT (differs)",
            "attribute of role m_c: REPLICATION (differs)",
        ],
    )
    ignoring = dataclasses.replace(settings, ignore=("attribute:role m_[ab]*", "attribute:role m_c: REPLICATION"))
    assert schema_diff.plan_schemas(ignoring, first, second, Request()).empty
    assert between(first, first) == []


def test_what_is_set_for_roles_of_one_side_is_named(sides: tuple[PlainServer, PlainServer], between: Between) -> None:
    first = sides[0].filled("create role m_one; alter role m_one set work_mem = '9MB'; create table public.t (id int)")
    second = sides[1].filled("create role m_two; create role m_x; grant m_two to m_x; create table public.t (id int)")
    with pytest.raises(TaskError) as caught:
        between(first, second)
    assert str(caught.value.cause).splitlines() == [
        "membership of m_x in m_two (only on the desired side)",
        "setting role m_one: work_mem (only on the current side)",
    ]


def test_what_is_set_for_roles_and_for_the_database_is_named(
    sides: tuple[PlainServer, PlainServer], between: Between, settings: Settings
) -> None:
    """It was passed over: equal, exit 0. Values are no part of what is said: one may be a secret."""
    made = "create role m_a; create role m_b;"
    first = sides[0].filled(
        f"{made} alter role m_a set statement_timeout = '5s'; alter role m_b set search_path = public, extensions;"
        "alter role anon set statement_timeout = '3s'; alter database \"case\" set app.settings.jwt_secret = 'one'"
    )
    second = sides[1].filled(
        f"{made} alter role m_a set statement_timeout = '6s'; alter role m_b in database \"case\" set work_mem = '9MB';"
        "alter database \"case\" set app.hush = 'hush'; alter role anon set lock_timeout = '3s'"
    )
    with pytest.raises(TaskError) as caught:
        between(first, second)
    assert (caught.value.code, str(caught.value.cause).splitlines()) == (
        "unmodelled",
        [
            "setting database: app.hush (only on the desired side)",
            "setting role anon: lock_timeout (only on the desired side)",
            "setting role m_a: statement_timeout (differs)",
            "setting role m_b in the database: work_mem (only on the desired side)",
            "setting role m_b: search_path (only on the current side)",
        ],
    )
    ignoring = dataclasses.replace(settings, ignore=("setting:role m_*", "setting:role anon*", "setting:database*"))
    assert schema_diff.plan_schemas(ignoring, first, second, Request()).empty
    assert between(first, first) == []


def test_a_role_that_only_the_desired_side_has_is_named_where_the_sql_needs_it(
    sides: tuple[PlainServer, PlainServer], settings: Settings
) -> None:
    """The SQL was printed with exit 0, and refused where it was to run."""
    first = sides[0].filled("create table public.t (id int); create role m_unused")
    second = sides[1].filled(
        "create role m_shop; create role m_idle; create table public.t (id int); grant select on public.t to m_shop"
    )
    plan = schema_diff.plan_schemas(settings, first, second, Request(allow=frozenset(GATED), ask=lambda question: None))
    assert plan.unmodelled == ("role m_shop (only on the desired side)",)
    back = schema_diff.plan_schemas(settings, second, first, Request(allow=frozenset(GATED), ask=lambda question: None))
    assert back.unmodelled == ()


def test_a_former_owner_keeps_what_it_is_granted(sides: tuple[PlainServer, PlainServer], between: Between) -> None:
    """All that a former owner has passes to the new one: it was granted too early, and the proof called the plan wrong."""
    made = (
        "create role m_shop; create role m_b; grant create on schema public to m_shop, m_b; create schema s;"
        "create table public.t (a int, b int); create function public.f() returns int language sql as 'select 1';"
        "revoke execute on function public.f() from public;"
    )
    owned = (
        "alter table public.t owner to {0}; grant select on public.t to {1}; grant update (b) on public.t to {1};"
        "alter function public.f() owner to {0}; grant execute on function public.f() to {1};"
        "alter schema s owner to {0}; grant usage on schema s to {1}"
    )
    first, second = (
        server.filled(made + owned.format(*roles))
        for server, roles in zip(sides, (("m_shop", "m_b"), ("m_b", "m_shop")), strict=True)
    )
    for source, target, owner, former in ((first, second, "m_b", "m_shop"), (second, first, "m_shop", "m_b")):
        statements = between(source, target)
        for changed, granted in (
            ("TABLE public.t", "SELECT ON TABLE public.t"),
            ("TABLE public.t", "UPDATE (b) ON TABLE public.t"),
            ("FUNCTION public.f()", "EXECUTE ON FUNCTION public.f()"),
            ("SCHEMA s", "USAGE ON SCHEMA s"),
        ):
            handover = statements.index(f"ALTER {changed} OWNER TO {owner}")
            assert handover < statements.index(f"GRANT {granted} TO {former}")


INVALID = (
    ("an index", "create index i on public.t (a);", "create table public.more (a int);"),
    (
        "one of a constraint's name",
        "create unique index i on public.t (a);",
        "alter table public.t add constraint i unique (a);",
    ),
    (
        "another index",
        "create index i on public.t (a); comment on index public.i is 'x';",
        "create index i on public.t (b);",
    ),
    (
        "another name",
        "create index i on public.t (a); comment on index public.i is 'x';",
        "create index j on public.t (a);",
    ),
    (
        "a partition's index",
        "create index q on public.p (a); alter index public.p1_a_idx rename to i;",
        "create index q on public.p (a);",
    ),
)


@pytest.mark.parametrize(("having", "having_not"), [case[1:] for case in INVALID], ids=[case[0] for case in INVALID])
def test_an_index_that_is_to_be_invalid_is_named_with_other_changes_too(
    sides: tuple[PlainServer, PlainServer], between: Between, settings: Settings, having: str, having_not: str
) -> None:
    """The plan was called wrong."""
    table = (
        "create table public.t (a int, b int); create table public.p (a int) partition by range (a);"
        "create table public.p1 partition of public.p for values from (0) to (9);"
    )
    first = sides[0].filled(table + having_not)
    second = sides[1].filled(
        f"{table} {having} create table public.other (a int);"
        "update pg_index set indisvalid = false where indexrelid in (to_regclass('public.i'), to_regclass('public.q'))"
    )
    plan = schema_diff.plan_schemas(settings, first, second, Request(allow=frozenset(GATED), ask=lambda question: None))
    assert "CREATE TABLE public.other" in plan.sql
    assert "invalid index public.i (only on the desired side)" in plan.unmodelled
    assert between(second, first) != []


def test_what_no_kind_reads_is_named_with_other_changes_too(
    sides: tuple[PlainServer, PlainServer], between: Between
) -> None:
    """It was called a wrong plan."""
    extension = "create extension hstore schema public"
    granted = f"{extension}; create role m_reader; grant execute on function public.hstore(text, text) to m_reader"
    first = sides[0].filled(f"{extension}; create role m_reader")
    second = sides[1].filled(f"{granted}; create table public.more ()")
    with pytest.raises(TaskError) as caught:
        between(first, second)
    assert (caught.value.code, caught.value.cause) == ("unmodelled", "acl public.FUNCTION hstore(text, text)")
    assert caught.value.data["unmodelled"] == ["acl public.FUNCTION hstore(text, text)"]


def test_a_plain_database_against_the_migrations_keeps_what_its_own_roles_may(
    sides: tuple[PlainServer, PlainServer], between: Between
) -> None:
    url = sides[0].filled(
        "create role m_shop; grant usage, create on schema public to m_shop; revoke usage on schema public from public"
    )
    assert between(schema_diff.MIGRATIONS, url) == ["GRANT ALL ON SCHEMA public TO m_shop"]
    assert between(url, schema_diff.MIGRATIONS) == ["REVOKE ALL ON SCHEMA public FROM m_shop"]


def test_a_publication_called_as_realtimes_is_a_plain_databases_own(
    sides: tuple[PlainServer, PlainServer], between: Between
) -> None:
    """It was taken for the platform's between two databases without the platform: equal, exit 0."""
    table = "create table public.t (id int primary key);"
    without, member = sides[0].filled(table), f"{table} create publication supabase_realtime for table public.t;"
    having = sides[1].filled(member)
    assert between(without, having) == [
        "CREATE PUBLICATION supabase_realtime WITH (publish = 'insert, update, delete, truncate')",
        "ALTER PUBLICATION supabase_realtime ADD TABLE public.t",
    ]
    assert between(having, without) == ["DROP PUBLICATION supabase_realtime"]
    for change in ("set (publish = 'insert')", "owner to other"):
        changed = sides[0].filled(f"create role other; {member} alter publication supabase_realtime {change}")
        assert between(having, changed) != []


def test_a_plain_databases_publication_is_laid_over_realtimes(
    sides: tuple[PlainServer, PlainServer], settings: Settings
) -> None:
    """The other side has the platform's, whose place it takes."""
    table = "create table public.t (id int primary key);"
    for made in ("for table public.t with (publish = 'insert')", "for all tables"):
        plain = sides[0].filled(f"{table} create publication supabase_realtime {made}")
        plan = schema_diff.plan_schemas(settings, "migrations", plain, Request(allow=frozenset(GATED)))
        assert "PUBLICATION supabase_realtime" in plan.sql
        assert plan.unmodelled == ()
