create type public.mood as enum ('a', 'b');
create table public.t (id bigint, n text, m public.mood);
create type public.wrap as (old public.t, at date);
create table public.log (id int primary key, old public.t, olds public.t[], w public.wrap);
create view public.lv as select (old).n from public.log;
create index log_old on public.log (((old).n));
