create type public.mood as enum ('a', 'b', 'c');
create table public.t (id int, n text, m public.mood);
create type public.wrap as (old public.t, at date);
create table public.log (id int primary key, old public.t, olds public.t[], w public.wrap);
create view public.lv as select (old).n from public.log;
create index log_old on public.log (((old).n));
insert into public.t values (1, 'x', 'a');
insert into public.log select 1, t, array[t], row((t.id,t.n,t.m)::public.t, '2020-01-01')::public.wrap from public.t;
