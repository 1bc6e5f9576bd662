create table public.t (a bigint, b numeric(10,2));
create view public.v as select a, b from public.t;
grant select on public.v to anon;
create materialized view public.m as select a from public.t;
create domain public.dv as public.v;
create type public.c as (v public.v, m public.m[]);
create function public.f(public.v) returns int language sql as 'select 1';
create table public.u (x public.v, y public.v[] default '{}', m public.m, d public.dv, c public.c, g int generated always as ((x).a) stored, check ((x).b > 0));
create index on public.u (x);
