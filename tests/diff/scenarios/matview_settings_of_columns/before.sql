create table public.t (id int, a text, b numeric);
insert into public.t values (1, 'x', 1.5);
create materialized view public.m as select id, a, b from public.t;
alter materialized view public.m alter id set statistics 40, alter a set storage main;
alter materialized view public.m alter b set (n_distinct = 5, n_distinct_inherited = 7), alter id set (n_distinct = 3);
