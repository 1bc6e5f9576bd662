create table public.t (id integer primary key, a text);
create materialized view public.m as select a from public.t;
comment on materialized view public.m is 'cached';
