create table public.t (id int);
create view public.v as select 1 as a;
create materialized view public.m as select 1 as a;
create function public.f() returns int language sql as 'select 1';
create procedure public.p(a int) language sql as 'select 1';
create aggregate public.g(int) (sfunc = int4pl, stype = int);
create sequence public.s;
create type public.e as enum ('a');
