create table public.t (id int);
alter table public.t enable row level security;
create view public.v with (security_invoker) as select 1 as id;
create view public.later as select 1 as id;
create view public.gone as select id from public.t;
create view public.stacked as select id from public.gone;
create schema internal;
create view internal.w as select 1 as id;
create materialized view public.m as select 1 as id;
create temporary view scratch as select 1 as id;
-- file: 0002_repair.sql
alter view public.later set (security_invoker = true);
drop table public.t cascade;
