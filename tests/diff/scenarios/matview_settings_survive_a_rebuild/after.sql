create type public.mood as enum ('b', 'a');
create table public.t (id int, k public.mood);
create materialized view public.m as select id, k from public.t;
create index i on public.m (k);
alter materialized view public.m cluster on i;
alter materialized view public.m alter k set statistics 40;
