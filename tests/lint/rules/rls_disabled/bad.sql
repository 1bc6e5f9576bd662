create table public.plain (id bigint primary key);
create table unqualified (id bigint primary key);
-- file: 0002_off.sql
create table public.switched_off (id bigint primary key);
alter table public.switched_off enable row level security;
alter table public.switched_off disable row level security;
create table public.copied as select 1 as id;
