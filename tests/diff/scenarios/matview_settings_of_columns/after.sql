create table public.t (id int, a text, b numeric);
insert into public.t values (1, 'x', 1.5);
create materialized view public.m as select id, a, b from public.t;
alter materialized view public.m alter a set statistics 7, alter a set compression pglz;
alter materialized view public.m alter b set (n_distinct = -0.5);
