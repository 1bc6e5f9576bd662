"""Migrations that a fresh Supabase project takes: what supautils lets `postgres` do, what dumps write, what"
" extensions declare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.errors import MigrationError
from supabase_tasks.settings import Settings

VECTOR = "create extension vector with schema extensions; create table public.d (id int, v extensions.vector(3));"
POSTGIS = "create extension postgis with schema extensions;"
FUNCTION = "create function public.on_ddl() returns event_trigger language plpgsql as $$ begin end $$;"

LABELLED = "create table public.t (a int); comment on column public.t.a is 'kept';"
LABEL = (
    "select col_description('public.t'::regclass, 1) = 'kept' and (select label || ' by ' || provider from pg_seclabel"
    " where objoid = 'public.t'::regclass and objsubid = 1) = "
)

# Name to a migration and what is true afterwards.
TAKEN: dict[str, tuple[str, str]] = {
    "pgrst setting": (
        "alter role authenticator set pgrst.db_schemas = 'public, graphql_public, app'; notify pgrst, 'reload config'",
        "select exists (select from pg_db_role_setting where setconfig::text like '%pgrst.db_schemas=public%')",
    ),
    "pgrst setting that is new": ("alter role authenticator set pgrst.not_yet_known = 'x'", "select true"),
    "pgrst setting taken back": ("alter role authenticator reset pgrst.db_schemas", "select true"),
    "pgrst setting in a block": (
        "do $$ begin alter role authenticator set pgrst.not_known_either to 'x'; end $$",
        "select exists (select from pg_db_role_setting where setconfig::text like '%not_known_either%')",
    ),
    "pgrst setting executed": (
        "do $$ begin execute format('alter role authenticator set pgrst.db_aggregates_enabled = %L', 'true'); end $$",
        "select exists (select from pg_db_role_setting where setconfig::text like '%db_aggregates_enabled%')",
    ),
    "pgrst setting in a transaction of the file's own": (
        "begin; alter role authenticator set pgrst.new_in_it = 'x'; create table public.t (a int); commit;",
        "select exists (select from pg_db_role_setting where setconfig::text like '%pgrst.new_in_it=x%')",
    ),
    "pgaudit setting": ("alter role postgres set pgaudit.log to 'write'", "select true"),
    "pgaudit setting of another role": ("alter role anon set pgaudit.log_level = 'notice'", "select true"),
    "auto_explain": ("alter role authenticated set auto_explain.log_min_duration = '5s'", "select true"),
    "pg_net": ("alter role postgres set pg_net.ttl = '1 hour'", "select true"),
    "plan_filter": ("alter user anon set plan_filter.statement_cost_limit = 1e7", "select true"),
    "safeupdate": ("alter role authenticator set safeupdate.enabled = 'on'", "select true"),
    "session authorization": ('SET SESSION AUTHORIZATION "postgres"; RESET SESSION AUTHORIZATION', "select true"),
    "session authorization as a string": ("set session authorization 'postgres'", "select true"),
    "session authorization back": ("set local session authorization default", "select true"),
    "wrapper in a block": (
        "do $$ begin if not exists (select from pg_foreign_data_wrapper where fdwname = 'w') then\n"
        "create foreign data wrapper w; end if; end $$",
        "select fdwowner = 'postgres'::regrole from pg_foreign_data_wrapper where fdwname = 'w'",
    ),
    "publication in a block": (
        "do $$ begin if not exists (select from pg_publication where pubname = 'p') then\n"
        "create publication p for all tables; end if; end $$",
        "select puballtables and pubowner = 'postgres'::regrole from pg_publication where pubname = 'p'",
    ),
    "event trigger in a block": (
        FUNCTION + "do $x$ begin create event trigger e on ddl_command_end execute function public.on_ddl(); end $x$",
        "select evtowner = 'postgres'::regrole from pg_event_trigger where evtname = 'e'",
    ),
    "block as a string, after a label and a comment": (
        "do language plpgsql 'begin <<l>> begin /* c */ create publication p for all tables; -- x\n end; end'",
        "select puballtables from pg_publication where pubname = 'p'",
    ),
    "block whose errors are caught": (
        "do $$ begin create publication p for all tables; exception when others then null; end $$",
        "select puballtables from pg_publication where pubname = 'p'",
    ),
    "texts that are executed in a loop, errors caught": (
        FUNCTION + "do $$ declare n text; begin foreach n in array array['a', 'b', 'c'] loop\n"
        "begin execute format('create event trigger %I on ddl_command_end execute function public.on_ddl()', n);\n"
        "exception when others then null; end; end loop; end $$",
        "select count(*) = 3 from pg_event_trigger where evtname in ('a', 'b', 'c')",
    ),
    "a text that nothing shows": (
        "do $$ declare k text := 'ication'; begin execute 'create publ' || k || ' p for all tables'; end $$",
        "select puballtables from pg_publication where pubname = 'p'",
    ),
    "FOUND stays as it is": (
        "do $$ begin perform 1 where false; create publication p for all tables; execute 'create foreign data"
        " wrapper w';\n"
        "assert not found; end $$",
        "select true",
    ),
    "function": (
        "create function public.f() returns void language plpgsql as $$\nbegin\n  create foreign data wrapper"
        " w;\nend\n$$;"
        "select public.f()",
        "select prosrc = E'\\nbegin\\n  create foreign data wrapper w;\\nend\\n' from pg_proc where proname = 'f'",
    ),
    "function that calls one with a path of its own": (
        "create schema s; create function s.inner_one(n text) returns void language plpgsql set search_path ="
        " '' as $$ begin\n"
        "execute pg_catalog.format('create publication %I for tables in schema s', n); end $$;"
        "create function public.f() returns void language plpgsql as $$ begin perform s.inner_one('p'); end $$;"
        "do $$ begin perform public.f(); end $$",
        "select exists (select from pg_publication_namespace) and not prosrc like '%lift%' from pg_proc where"
        " proname = 'inner_one'",
    ),
    "function in SQL": (
        "create function public.f() returns void language sql as 'select 1; create publication p for all tables';"
        "select public.f()",
        "select puballtables from pg_publication where pubname = 'p'",
    ),
    "procedure": (
        "create procedure public.f(x int) language plpgsql as $$ begin create foreign data wrapper w; end $$;"
        " call public.f(1)",
        "select true from pg_foreign_data_wrapper where fdwname = 'w'",
    ),
    "trigger": (
        "create table public.t (id int); create function public.f() returns trigger language plpgsql as $$ begin\n"
        "create foreign data wrapper w; return new; end $$;"
        "create trigger t before insert on public.t for each row execute function public.f(); insert into"
        " public.t values (1)",
        "select true from pg_foreign_data_wrapper, public.t where fdwname = 'w'",
    ),
    "function that catches all errors": (
        "create function public.f() returns void language plpgsql as $$\nbegin\n  create publication p for all tables;\n"
        "exception when others then raise notice 'no';\nend\n$$;\nselect public.f()",
        "select puballtables and not prosrc like '%lift%' from pg_publication, pg_proc where pubname = 'p' and proname = 'f'",
    ),
    "function whose caller catches all errors": (
        FUNCTION + "create function public.g(n text) returns void language plpgsql as $$ begin\n"
        "execute format('create event trigger %I on ddl_command_end execute function public.on_ddl()', n); end $$;"
        "create procedure public.f() language plpgsql as $$ begin perform public.g('e');"
        " exception /* all */ when others then null; end $$; call public.f()",
        "select evtowner = 'postgres'::regrole from pg_event_trigger where evtname = 'e'",
    ),
    "function called in a block that catches all errors": (
        'create function public."F g"() returns void language plpgsql as $$ begin create foreign data wrapper w; end $$;'
        'do $$ begin perform public."F g"(); exception when others then null; end $$',
        "select true from pg_foreign_data_wrapper where fdwname = 'w'",
    ),
    "function that runs what it is given and catches all errors": (
        "create function public.run(q text) returns text language plpgsql as $$ begin execute q; return 'ok';"
        " exception when others then return sqlerrm; end $$; create table public.said as select public.run("
        "'create publication p for all tables') as what",
        "select puballtables and what = 'ok' from pg_publication, public.said where pubname = 'p'",
    ),
    "function of a trigger that catches all errors": (
        "create table public.t (id int); create function public.f() returns trigger language plpgsql as $$ begin\n"
        "create foreign data wrapper w; return new; exception when others then return new; end $$;"
        "create trigger t before insert on public.t for each row execute function public.f(); insert into public.t values (1)",
        "select true from pg_foreign_data_wrapper, public.t where fdwname = 'w'",
    ),
    "function in SQL whose caller catches all errors": (
        "create function public.f() returns void language sql as 'create publication p for all tables';"
        "do $$ begin perform public.f(); exception when others then null; end $$; drop function public.f()",
        "select puballtables from pg_publication where pubname = 'p'",
    ),
    "function that is replaced while it is called": (
        "create function public.f() returns void language plpgsql as $$ begin create publication p for all tables;"
        " exception when others then null; end $$; do $x$ begin perform public.f();"
        " create or replace function public.f() returns void language plpgsql as 'begin end'; end $x$",
        "select puballtables and prosrc = 'begin end' from pg_publication, pg_proc where pubname = 'p' and proname = 'f'",
    ),
    "setting in a block that catches all errors": (
        "do $$ begin alter role authenticator set pgrst.db_max_rows to '9'; exception when others then null; end $$",
        "select exists (select from pg_db_role_setting where setconfig::text like '%pgrst.db_max_rows=9%')",
    ),
    "security label": (
        LABELLED + "security /* x */ label for pgsodium on column public.t.a is 'KEY ''1'",
        LABEL + "'KEY ''1 by pgsodium'",
    ),
    "security label without its provider's name": (
        LABELLED + "security label on column t.a is 'x'",
        LABEL + "'x by pgsodium'",
    ),
    "security label taken back": (
        LABELLED + "security label on column t.a is 'x'; security label for pgsodium on column t.a is null",
        "select not exists (select from pg_seclabel)",
    ),
    "security label in a block": (
        LABELLED + "do $$ begin if true then security label for anon on column public.t.a is 'x'; end if; end $$",
        LABEL + "'x by anon'",
    ),
    "security label in a block that catches all errors": (
        LABELLED
        + "do $$ begin security label for anon on column public.t.a is 'x'; exception when others then null; end $$",
        LABEL + "'x by anon'",
    ),
    "security label executed in a block": (
        LABELLED
        + "do $$ begin execute format('security label for %I on column public.t.a is %L', 'anon', 'x'); end $$",
        LABEL + "'x by anon'",
    ),
    "security label in a function": (
        LABELLED + "create function public.f() returns void language plpgsql as $$ begin\n"
        "security label for anon on column public.t.a is 'x'; end $$; select public.f()",
        LABEL + "'x by anon'",
    ),
    "security label of a role": (
        "security label for anon on role anon is 'MASKED'; security label for anon on role anon is null",
        "select not exists (select from pg_shseclabel)",
    ),
    "comment on an extension of the platform": ("comment on extension plpgsql is 'x'", "select true"),
    "ivfflat of a dump": (
        VECTOR
        + 'CREATE INDEX "i" ON "public"."d" USING "ivfflat" ("v" "extensions"."vector_cosine_ops") WITH ("lists"=\'100\')',
        "select true",
    ),
    "hnsw of a dump": (
        VECTOR + 'CREATE INDEX "i" ON "public"."d" USING "hnsw" ("v" "extensions"."vector_l2_ops")'
        " WITH (\"m\"='16', \"ef_construction\"='64')",
        "select true",
    ),
    "hnsw in a block": (
        VECTOR + "do $$ begin execute 'create index on public.d using hnsw (v extensions.vector_l2_ops) with (m ="
        " 24)'; end $$",
        "select true",
    ),
    "hnsw in a string, and changed": (
        VECTOR + "do 'begin create index i on public.d using hnsw (v extensions.vector_l2_ops) with (m=''24''); end';"
        'ALTER INDEX "public"."i" SET ("ef_construction"=\'40\', m = 8); alter index i reset (m)',
        "select true",
    ),
    "lists that format() puts in": (
        VECTOR
        + "do $$ begin execute format('create index on public.d using ivfflat (v) with (lists = %s)', 50); end $$",
        "select true",
    ),
    "PostGIS types of a dump": (
        POSTGIS + 'create table "public"."p" ("l" "extensions"."geography"(Point,4326) not null,'
        ' "g" "extensions"."geometry"(Polygon,4326))',
        "select true",
    ),
    "PostGIS types, quoted otherwise": (
        POSTGIS + 'create table public.p (l "extensions"."geometry"("Point", 3857), z "geometry" ( "PointZM" ),'
        " s geometry('MultiPolygon',4326))",
        "select true",
    ),
    "PostGIS types in a block and a cast": (
        POSTGIS + "do $$ begin execute 'create table public.p (l geography(LineString))'; end $$;"
        "create view public.w as select 'POINT(1 2)'::extensions.geometry(Point, 4326) as g",
        "select true",
    ),
    "types and operators of PostGIS": (
        POSTGIS + "create table public.p (b box2d, c extensions.box3d, s spheroid, d geometry_dump, v"
        " extensions.valid_detail, g geometry);"
        "create index on public.p using spgist (g); create index on public.p using brin (g); create unique"
        " index on public.p (g);"
        "create index on public.p using gist (extensions.st_transform(g, 3857));"
        "create view public.w as select st_union(g) as u, st_extent(g) as e, st_asmvt(p) as m from public.p"
        " where g && st_expand(g, 1)",
        "select count(*) = 1 from public.w",
    ),
    "window functions of PostGIS": (
        POSTGIS
        + "create table public.p (g geometry(Point, 4326)); create view public.w as select st_clusterdbscan(g, 1, 2) over"
        " (), st_clusterkmeans(g, 2) over (partition by g), st_clusterkmeans(g, 2, 1.5) over (order by g) as far from public.p;"
        "grant execute on function st_clusterdbscan(geometry, double precision, integer) to anon",
        "select count(*) = 0 from public.w",
    ),
    "a set of pg_partman": (
        'create schema partman; create extension pg_partman schema partman; create table public."M" (id bigint generated by'
        " default as identity, at timestamptz, primary key (id, at)) partition by range (at);"
        "select partman.create_parent(p_parent_table := 'public.\"M\"', p_control := 'at', p_interval := '1 month');"
        "update partman.part_config set infinite_time_partitions = true, retention = '3 months' where control = 'at';"
        'insert into public."M" (at) values (now()); call partman.run_maintenance_proc(); select partman.run_maintenance()',
        "select template_table = 'partman.template_public_M' and (select count(*) = 1 from public.\"M_default\") and"
        " (select count(*) = 1 from partman.show_partitions('public.\"M\"', p_include_default := true)) from partman.part_config",
    ),
    "nearest neighbours on a sphere": (
        POSTGIS + "create table public.r (id int, l geography(point) not null);"
        "create function public.nearby(a float, b float) returns setof public.r language sql as"
        " $$ select * from public.r order by l <-> st_point(b, a)::geography $$;"
        "insert into public.r values (1, st_point(10, 10)), (2, st_point(0, 0.1)), (3, st_point(5, 5))",
        "select array_agg(id) = '{2,3,1}' from public.nearby(0, 0)",
    ),
    "the database's own settings": (
        "alter database postgres set timezone to 'Europe/Rome'; alter database \"postgres\" reset timezone;"
        "grant connect on database postgres to anon; do $$ begin alter database postgres set statement_timeout"
        " = '9s'; end $$",
        "select true",
    ),
    "hnsw.ef_search of a function": (
        VECTOR + "create function public.m() returns setof public.d language sql stable set hnsw.ef_search to"
        " '100' as"
        " $$ select * from public.d $$",
        "select true",
    ),
    "settings of ivfflat": (
        VECTOR + "create function public.m() returns void language sql set ivfflat.probes = 10 set hnsw.iterative_scan"
        " = 'relaxed_order'"
        " as $$ select $$; alter role authenticated set ivfflat.probes = '5'; alter function public.m() set"
        " hnsw.max_scan_tuples = 9",
        "select true",
    ),
    "vector_norm": (VECTOR + "alter table public.d add check (extensions.vector_norm(v) > 0)", "select true"),
    "arithmetic of vectors": (
        "create extension vector",
        "select ('[1,2]'::vector || '[3]')::text = '[1,2,3]' and vector_norm('[3,4]') = 5 and"
        " array_to_halfvec(array[1,2], 2, true)"
        " + '[1,1]'::halfvec = '[2,3]' and '[1,0,2]'::vector::sparsevec::text = '{1:1,3:2}/3' and"
        " l2_norm('{1:3,2:4}/5'::sparsevec) = 5"
        " and vector_l2_squared_distance('[1,1]', '[2,2]') = 2 and subvector('[1,2,3]'::halfvec, 2, 2)::text ="
        " '[2,3]'"
        " and (select avg(x)::text from (values ('[1,3]'::halfvec), ('[3,5]')) as v (x)) = '[2,4]'",
    ),
    "postgres_fdw belongs to postgres": (
        "create extension postgres_fdw with schema extensions;"
        "create server far foreign data wrapper postgres_fdw options (host 'example.org');"
        "grant usage on foreign data wrapper postgres_fdw to service_role;"
        "create user mapping for postgres server far options (user 'u', password 'p')",
        "select fdwowner = 'postgres'::regrole from pg_foreign_data_wrapper where fdwname = 'postgres_fdw'",
    ),
    "pgTAP": (
        "create extension pgtap with schema extensions; create table public.t (id int primary key, n text not null)",
        'select array_agg(line) = \'{1..4,"ok 1 - table","ok 2 - column","ok 3 - key","ok 4 - policies"}\' from ('
        "select plan(4) as line union all select has_table('public', 't', 'table') union all"
        " select col_not_null('public', 't', 'n', 'column') union all select col_is_pk('public', 't', 'id',"
        " 'key') union all"
        " select policies_are('public', 't', '{}'::name[], 'policies')) as lines",
    ),
}
STRICT: dict[str, tuple[str, str]] = {
    "policies on objects": (
        "create policy p on storage.objects for select to authenticated using (bucket_id = 'x');"
        "alter policy p on storage.objects using (true); comment on policy p on storage.objects is 'x'",
        "select count(*) = 1 from pg_policy where polname = 'p'",
    ),
    "policy in a block": (
        "do $$ begin create policy p on storage.buckets for select to anon using (true);"
        " exception when duplicate_object then null; end $$",
        "select count(*) = 1 from pg_policy where polname = 'p'",
    ),
    "policy in a block that catches all errors": (
        "do $$ begin create policy p on storage.objects for select to anon using (true); exception when others then null; end $$",
        "select count(*) = 1 from pg_policy where polname = 'p'",
    ),
    "policy in a function that catches all errors": (
        "create function public.f() returns void language plpgsql as $$ begin begin\n"
        "create policy p on storage.objects for select to anon using (true); exception when others then null; end; end $$;"
        "select public.f()",
        "select count(*) = 1 from pg_policy where polname = 'p'",
    ),
    "policy that names a schema of its own": (
        "create schema app; create table app.m (id int);"
        "create policy p on realtime.messages for select to authenticated using (exists (select from app.m))",
        "select count(*) = 1 from pg_policy where polname = 'p'",
    ),
    "policy in a transaction of the file's own": (
        "begin; create policy p on storage.objects for select to anon using (true); comment on policy p on storage.objects is"
        " 'x'; do $$ begin execute 'create policy q on storage.objects for select to anon using (true)'; end $$; commit",
        "select count(*) = 2 from pg_policy where polname in ('p', 'q')",
    ),
    "policy gone": (
        "create policy p on auth.users for select to authenticated using (id = auth.uid()); drop policy p on"
        " auth.users",
        "select count(*) = 0 from pg_policy where polname = 'p'",
    ),
    "trigger gone": (
        "create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;"
        "create trigger t after insert on auth.users for each row execute function public.f(); drop trigger t"
        " on auth.users",
        "select count(*) = 0 from pg_trigger where tgname = 't'",
    ),
}
# What hosted Supabase refuses stays refused, in code as well.
REFUSED = {
    "a setting of the superuser": "alter role supabase_admin set pgrst.db_schemas = 'x'",
    "a setting that is not allowed, in a transaction of the file's own": (
        "begin; alter role postgres set log_statement_stats = on; commit"
    ),
    "a setting that is not allowed": "alter role postgres set log_statement_stats = on",
    "a setting that is not allowed, executed": "do $$ begin execute 'alter role postgres set"
    " log_statement_stats = on'; end $$",
    "another session's authorization": "set session authorization supabase_admin",
    "a role with more rights, in a function": (
        "create function public.f() returns void language plpgsql as $$ begin alter role postgres superuser;"
        " end $$; select public.f()"
    ),
    "a program, executed": "do $$ begin execute 'copy (select 1) to program ''true'''; end $$",
    "a validator of one's own in a block": (
        "create function public.v(text[], oid) returns void language plpgsql as $$ begin end $$;"
        "do $$ begin create foreign data wrapper w validator public.v; end $$"
    ),
    "an extension's member, executed": (
        "create table public.t (id int); do $$ begin execute 'alter extension plpgsql add table public.t'; end $$"
    ),
}
STRICTLY_REFUSED = {
    "a table of the platform": "alter table storage.buckets add column x int",
    "a table in a schema of the platform": "create table auth.devices (id int)",
    "a function in a schema of the platform": "create function storage.url(text) returns text language sql as 'select $1'",
    "a type in a schema of the platform, executed": "do $$ begin execute 'create type auth.kind as enum ()'; end $$",
    "the platform's own migrations": "delete from auth.schema_migrations",
    "an index on a table of the platform": "create index on storage.objects (name)",
    "a policy elsewhere": "create policy p on auth.mfa_factors for select using (true)",
    "a policy elsewhere, executed": "do $$ begin execute 'create policy p on auth.mfa_factors for select using"
    " (true)'; end $$",
    "a replica trigger": (
        "create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;"
        "create trigger t after insert on auth.users for each row execute function public.f();"
        "alter table auth.users enable replica trigger t"
    ),
    "a comment on a trigger": (
        "create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;"
        "create trigger t after insert on auth.users for each row execute function public.f();"
        "comment on trigger t on auth.users is 'x'"
    ),
}


@pytest.fixture(scope="module")
def strict(make_project: Callable[..., Settings]) -> Settings:
    return make_project("strict", roles="strict")


@pytest.fixture(scope="module")
def strict_server(strict: Settings) -> Iterator[tuple[postgres.Server, str]]:
    server = postgres.shadow(strict)
    yield server, postgres.platform_template(server, strict)


def applied(server: postgres.Server, template: str, sql: str, question: str = "select true") -> bool:
    with server.scratch(template) as name, server.migrator(name) as connection:
        postgres.apply_file(connection, sql, version="1", name="n")
        row = connection.execute(question.encode()).fetchone()
        return bool(row and row[0])


@pytest.mark.parametrize("case", TAKEN)
def test_a_fresh_project_takes_it(server: postgres.Server, platform: str, case: str) -> None:
    assert applied(server, platform, *TAKEN[case])


@pytest.mark.parametrize("case", [*STRICT, *(name for name in TAKEN if "block" in name or "function" in name)])
def test_a_project_of_2026_takes_it(strict_server: tuple[postgres.Server, str], case: str) -> None:
    assert applied(*strict_server, *{**TAKEN, **STRICT}[case])


@pytest.mark.parametrize("case", STRICT)
def test_an_older_project_takes_it_too(server: postgres.Server, platform: str, case: str) -> None:
    assert applied(server, platform, *STRICT[case])


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_on_a_hosted_database_is_refused_here(
    server: postgres.Server, platform: str, case: str
) -> None:
    with pytest.raises(MigrationError) as caught:
        applied(server, platform, REFUSED[case])
    assert caught.value.data["sqlstate"] == "42501"


@pytest.mark.parametrize("case", STRICTLY_REFUSED)
def test_a_project_of_2026_refuses(strict_server: tuple[postgres.Server, str], case: str) -> None:
    with pytest.raises(MigrationError) as caught:
        applied(*strict_server, STRICTLY_REFUSED[case])
    assert caught.value.data["sqlstate"] == "42501"


# What an earlier file has made, and what calls it.
STORED = (
    "create function public.f() returns void language plpgsql as $$ begin create publication p for all tables;"
    " exception when others then null; end $$;"
    "create function public.run(q text) returns void language plpgsql as $$ begin execute q;"
    " exception when others then null; end $$;"
)
CALLS = {
    "in a transaction of the file's own": "begin; select public.f(); commit",
    "in a transaction of the file's own, with a text": (
        "begin; insert into public.t values (1); select public.run('create publication p for all tables'); commit;"
    ),
    "by a function that such a transaction makes": (
        "begin; drop function public.f(); create function public.h() returns void language plpgsql as $$ begin"
        " create publication p for all tables; end $$; select public.h(); drop function public.h(); end;"
    ),
    "by itself": "select public.f()",
    "in a block": "do $$ begin perform public.f(); end $$",
    "with a text": "select public.run('create publication p for all tables')",
    "in a file that the CLI divides": "vacuum public.t; select public.f(); insert into public.t values (1)",
    "in a file that is no transaction": "-- pg-delta: transaction=false\nselect public.f()",
}


@pytest.mark.parametrize("call", CALLS)
def test_what_a_function_of_an_earlier_file_keeps_to_itself_is_lifted(
    server: postgres.Server, platform: str, call: str
) -> None:
    with server.scratch(platform) as name, server.migrator(name) as connection:
        postgres.apply_file(connection, STORED + "create table public.t (a int)", version="1", name="n")
        postgres.apply_file(connection, CALLS[call], version="2", name="n")
        assert connection.execute("select puballtables from pg_publication where pubname = 'p'").fetchone() == (True,)


def test_an_error_in_a_block_that_was_rewritten_is_at_its_line(server: postgres.Server, platform: str) -> None:
    sql = "do $$\nbegin\n  create publication p\n    for all tables;\n  perform 1 / 0;\nend\n$$"
    with pytest.raises(MigrationError) as caught:
        applied(server, platform, sql)
    assert "line 5 at PERFORM" in (caught.value.cause or "")
    assert caught.value.data["statement"] == sql


def test_an_error_of_what_is_lifted_says_nothing_of_the_lift(server: postgres.Server, platform: str) -> None:
    sql = "do $$\nbegin\n  create foreign data wrapper w handler extensions.no_such_handler;\nend\n$$"
    with pytest.raises(MigrationError) as caught:
        applied(server, platform, sql)
    cause = caught.value.cause or ""
    assert "function extensions.no_such_handler() does not exist" in cause
    assert ("PL/pgSQL function inline_code_block line 3" in cause, "_lift" in cause, "$lift$" in cause) == (
        True,
        False,
        False,
    )


NAMES = ("vector-0.8", "postgis-3.3")


@pytest.mark.parametrize("listed", NAMES)
def test_every_function_of_the_extension_can_be_named(
    server: postgres.Server, platform: str, request: pytest.FixtureRequest, listed: str
) -> None:
    """The lists are those of the extensions' own scripts: name and types of each function and aggregate."""
    signatures = (request.path.parent / "names" / f"{listed}.txt").read_text(encoding="utf-8").splitlines()
    extension = listed.split("-")[0]
    grants = (f"GRANT ALL ON ROUTINE public.{_quoted(item)} TO postgres;" for item in signatures)
    with server.scratch(platform) as name, server.migrator(name) as connection:
        postgres.apply_file(connection, f"create extension {extension} schema public", version="1", name="n")
        postgres.apply_file(connection, "\n".join(grants), version="2", name="n")
        assert _wrong(connection, signatures) == []


def _quoted(signature: str) -> str:
    return re.sub(r"^(\w+)", r'"\1"', signature)


def _wrong(connection: psycopg.Connection, signatures: list[str]) -> list[str]:
    """Those that nothing is called by, or that say they are what they are not."""
    rows = connection.execute(
        "select s from unnest(%s::text[]) as s where to_regprocedure('public.' || s) is null",
        ([_quoted(s) for s in signatures],),
    )
    return [str(row[0]) for row in rows]


def test_modifiers_and_parameters_are_read_back(server: postgres.Server, platform: str) -> None:
    sql = (
        POSTGIS + VECTOR + "create table public.p (l geography(Point), g geometry(MultiPolygonZM, 3857), h geometry, s"
        " geometry(geometry, 4326));"
        "create index i on public.d using hnsw (v extensions.vector_l2_ops) with (m = 32, ef_construction = 128);"
        "create index j on public.d using ivfflat (v) with (lists = 9001); create index k on public.d using"
        " ivfflat (v) with (lists = 4000)"
    )
    with server.scratch(platform) as name:
        with server.migrator(name) as connection:
            postgres.apply_file(connection, sql, version="1", name="n")
        dump = server.dump_schema(name)
    for text in (
        "l extensions.geography(Point,4326)",
        "g extensions.geometry(MultiPolygonZM,3857)",
        "h extensions.geometry,",
        "s extensions.geometry(Geometry,4326)",
        "WITH (m='32', ef_construction='128')",
        "WITH (lists='9001')",
        "WITH (lists='4000')",
    ):
        assert text in dump
    assert "col3" not in dump and "col2" not in dump


@pytest.mark.parametrize("parameters", ["m = 1", "m = 101", "ef_construction = 3", "m = 8, fillfactor = 50"])
def test_parameters_that_pgvector_refuses_are_refused(server: postgres.Server, platform: str, parameters: str) -> None:
    sql = VECTOR + f"create index on public.d using hnsw (v extensions.vector_l2_ops) with ({parameters})"
    with pytest.raises(MigrationError):
        applied(server, platform, sql)
