create table public.t (id integer primary key, a text);
create materialized view public.m as select a from public.t;
create view public.v as select a from public.m;
