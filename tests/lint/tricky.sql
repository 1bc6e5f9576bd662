-- Every way in which a later statement changes what an earlier one made.
create schema internal;
create schema doomed;
create type public.mood as enum ('sad', 'happy');
create table public.plain (id bigint primary key);
create table if not exists public.plain (id bigint, never text);
create table doomed.inner_table (id bigint);
create table public.parent (id bigint primary key, code text unique, tenant bigint, unique (tenant, id));
create table public.child (
  id bigint generated always as identity primary key,
  parent_id bigint references public.parent (id) on delete cascade,
  code text references public.parent (code),
  tenant bigint,
  other_id bigint,
  doomed_id bigint references public.plain (id),
  constraint named foreign key (tenant, parent_id) references public.parent (tenant, id)
);
alter table public.child enable row level security;
alter table public.child add column late_id bigint references public.plain (id);
alter table public.child add constraint added foreign key (other_id) references public.parent (id);
create index child_parent on public.child (parent_id desc, id);
create unique index on public.child (other_id) where other_id is not null;
create index child_expression on public.child (lower(code), late_id);
create policy "read" on public.child for select to anon, authenticated using (true);
create policy "write" on public.child for insert to authenticated with check (id > 0);
create policy "gone" on public.child using (false);
grant select, insert on public.child to authenticated;
grant all on all tables in schema public to service_role;
create view public.v as select id from public.child;
create view public.w with (security_invoker = true) as select id from public.v;
create view public.stays with (security_invoker) as select 1 as id;
create materialized view public.m as select 1 as id;
create function public.f(x integer, y text[] default '{}', out z text) language sql security definer as $$ select 'a' $$;
create function public.f(x integer) returns int language sql security definer set search_path = '' as $$ select 1 $$;
create function public.g() returns int language sql security definer as $$ select 1 $$;
create function public.h() returns int language sql security definer as $$ select 1 $$;
create procedure public.p(a int) language plpgsql as $$ begin null; end $$;
create function pg_temp.t() returns int language sql security definer as $$ select 1 $$;
create temporary table scratch (id int);
-- file: 0002_changes.sql
alter table public.plain rename to renamed;
alter table public.renamed rename column id to key;
alter table public.child drop column doomed_id;
alter table public.child drop constraint child_code_fkey;
alter table public.child rename constraint added to added_later;
alter table public.child rename column parent_id to mother_id;
alter policy "read" on public.child to authenticated using (id > 1);
alter policy "write" on public.child rename to "append";
drop policy "gone" on public.child;
drop view public.v cascade;
alter view public.stays set (security_invoker = false);
alter function public.f(int, text[]) set search_path to 'public', 'pg_temp';
alter function public.f(int) reset search_path;
alter function public.g() security invoker;
alter function public.h() rename to k;
alter function public.k() set schema internal;
drop index public.child_expression;
revoke insert on public.child from authenticated;
drop schema doomed cascade;
drop materialized view public.m;
drop procedure public.p(int);
create table public.moved (id bigint primary key);
alter table public.moved set schema internal;
set search_path = internal, public;
create table unqualified (id bigint primary key, moved_id bigint references moved (id));
create table public.base (id bigint primary key);
create table public.leaf (base_id bigint references public.base (id));
drop table public.base cascade;
create table public.copied as select 1 as id;
-- file: 0003_blocks.sql
do $$
declare
  name text;
begin
  create table if not exists public.from_block (id bigint primary key);
  if exists (select from pg_class where relname = 'from_block') then
    alter table public.from_block enable row level security;
    execute 'create policy "block" on public.from_block for select using (true)';
  end if;
  begin
    alter table public.copied enable row level security;
  exception when others then
    raise notice 'never';
  end;
end
$$;
alter default privileges in schema public grant select on tables to anon;
create table public.by_default (id bigint);
alter default privileges in schema public revoke select on tables from anon;
create table public.no_default (id bigint);
