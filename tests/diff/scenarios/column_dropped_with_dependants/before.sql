create table public.t (id integer primary key, a integer, b integer generated always as (a + 1) stored, constraint t_a_check check (a > 0));
create index t_a on public.t (a);
create view public.v as select id, a from public.t;
