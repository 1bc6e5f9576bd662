create table public.t (id integer primary key, a text);
create materialized view public.m with (fillfactor = 80) as select a from public.t;
