"""Schemas that run code: one for every kind of object that PostgreSQL calls a function of, or that reaches outside.

Every function tries to leave a mark outside the database, as the user it runs as. `{mark}` is the file it would write.
"""

from __future__ import annotations

FUNCTION = """
create schema evil;
create function evil.run() returns void language plpgsql as $$
begin
  begin
    execute $run$copy (select current_user) to program 'cat >> {mark}'$run$;
  exception when others then null;
  end;
  begin
    execute $run$copy (select pg_catalog.pg_read_file('/proc/self/environ')) to '{mark}.environ'$run$;
  exception when others then null;
  end;
  begin
    -- Where the session's user is a superuser, this is one step away.
    reset session authorization;
    execute $run$copy (select current_user) to program 'cat >> {mark}'$run$;
  exception when others then null;
  end;
end
$$;
create function evil.one(value integer) returns integer language plpgsql immutable as $$
begin perform evil.run(); return value; end $$;
create function evil.yes(value integer) returns boolean language plpgsql immutable as $$
begin perform evil.run(); return true; end $$;
create function evil.event() returns event_trigger language plpgsql as $$ begin perform evil.run(); end $$;
create function evil.row() returns trigger language plpgsql as $$ begin perform evil.run(); return new; end $$;
create function evil.validate(text[], oid) returns void language plpgsql as $$ begin perform evil.run(); end $$;
"""

# What a superuser of the foreign database, or a migration, may hold. Each is run with FUNCTION before it.
KINDS = {
    "event trigger on the start of ddl": "create event trigger e on ddl_command_start execute function evil.event();",
    "event trigger on the end of ddl": "create event trigger e on ddl_command_end execute function evil.event();",
    "event trigger on drops": "create event trigger e on sql_drop execute function evil.event();",
    "event trigger on rewrites": "create event trigger e on table_rewrite execute function evil.event();",
    "event trigger that always fires": (
        "create event trigger e on ddl_command_end execute function evil.event();alter event trigger e enable always;"
    ),
    "event trigger at login": "create event trigger e on login execute function evil.event();",
    "expression index": "create table public.t (a integer); create index on public.t (evil.one(a));",
    "partial index": "create table public.t (a integer); create index on public.t (a) where evil.yes(a);",
    "stored generated column": (
        "create table public.t (a integer, b integer generated always as (evil.one(a)) stored);"
    ),
    "partition key": (
        "create table public.t (a integer) partition by range (evil.one(a));"
        "create table public.t1 partition of public.t for values from (1) to (5);"
    ),
    "partition bound": (
        "create table public.t (a integer) partition by range (a);"
        "create table public.t1 partition of public.t for values from (evil.one(1)) to (evil.one(5));"
    ),
    "materialized view": "create materialized view public.m as select evil.one(1) as a with no data;",
    "index of a materialized view": (
        "create materialized view public.m as select g as a from generate_series(1, 3) g with no data;"
        "create index on public.m (evil.one(a));"
    ),
    "view": "create view public.v as select evil.one(1) as a;",
    "rule": ("create table public.t (a integer);create rule r as on insert to public.t do also select evil.one(1);"),
    "check constraint": "create table public.t (a integer check (evil.yes(a)));",
    "check constraint that is not valid": (
        "create table public.t (a integer); alter table public.t add check (evil.yes(a)) not valid;"
    ),
    "exclusion constraint": (
        "create table public.t (a integer); alter table public.t add exclude using btree ((evil.one(a)) with =);"
    ),
    "domain": "create domain public.d as integer check (evil.yes(value)); create table public.t (a public.d default 1);",
    "default": "create table public.t (a integer default evil.one(1));",
    "policy": (
        "create table public.t (a integer); alter table public.t enable row level security;"
        "alter table public.t force row level security; create policy p on public.t using (evil.yes(a));"
    ),
    "cast": (
        "create type public.c as (a integer);"
        "create function evil.cast(public.c) returns integer language sql immutable as 'select evil.one(1)';"
        "create cast (public.c as integer) with function evil.cast(public.c) as implicit;"
    ),
    "operator": (
        "create function evil.op(integer, integer) returns boolean language sql immutable as 'select evil.yes(1)';"
        "create operator public.= (leftarg = integer, rightarg = integer, function = evil.op);"
    ),
    "operator in the way of the catalogs'": (
        "create function evil.op(name, name) returns boolean language sql immutable as 'select evil.yes(1)';"
        "create operator public.= (leftarg = name, rightarg = name, function = evil.op);"
        "create function evil.text(text, text) returns boolean language sql immutable as 'select evil.yes(1)';"
        "create operator public.<> (leftarg = text, rightarg = text, function = evil.text);"
    ),
    "aggregate": (
        "create function evil.agg(integer, integer) returns integer language sql immutable as 'select evil.one(1)';"
        "create aggregate public.agg (integer) (sfunc = evil.agg, stype = integer, initcond = '0');"
    ),
    "statistics": "create table public.t (a integer, b integer); create statistics public.s on (evil.one(a)), b from public.t;",
    "trigger": (
        "create table public.t (a integer);"
        "create trigger r before insert on public.t for each row execute function evil.row();"
    ),
    "security definer": "create function public.f() returns integer language sql security definer as 'select evil.one(1)';",
    "atomic function": "create function public.f() returns integer language sql begin atomic select evil.one(1); select 2; end;",
    "function with settings": (
        "create function public.f() returns integer language sql set search_path = 'evil' as 'select evil.one(1)';"
    ),
    "foreign data wrapper's validator": "create foreign data wrapper w validator evil.validate;",
    "default privileges": "alter default privileges for role postgres in schema public grant all on tables to public;",
    "range type": "create type public.r as range (subtype = integer);",
}
