create table public.t (id integer primary key, a text);
create materialized view public.m as select a, count(*) as n from public.t group by a;
create unique index m_a on public.m (a);
