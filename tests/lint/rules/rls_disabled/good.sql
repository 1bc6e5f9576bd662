create table public.scenes (id bigint primary key);
create table public.looped (id bigint primary key);
create table public.guarded (id bigint primary key);
create schema internal;
create table internal.jobs (id bigint primary key);
create temporary table scratch (id bigint primary key);
create table public.dropped (id bigint primary key);
create table public.moved (id bigint primary key);
-- file: 0002_secure.sql
alter table public.scenes enable row level security;
drop table public.dropped;
alter table public.moved set schema internal;
do $$
declare name text;
begin
  if true then
    alter table public.guarded enable row level security;
  end if;
  foreach name in array array['looped'] loop
    execute format('alter table public.%I enable row level security', name);
  end loop;
end
$$;
