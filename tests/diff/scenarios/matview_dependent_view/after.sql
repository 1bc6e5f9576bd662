create table public.t (id integer primary key, a text);
create materialized view public.m as select a from public.t where id > 1;
create view public.v as select a from public.m;
