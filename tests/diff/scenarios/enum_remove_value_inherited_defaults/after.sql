create type public.st as enum ('a','b');
create table public.p (id int, s public.st default 'a', g public.st generated always as (case when id > 1 then 'a'::public.st else 'b'::public.st end) stored, ok boolean generated always as (s = 'a') stored) partition by list (id);
create table public.p1 partition of public.p for values in (1);
create index on public.p (g); create index on public.p1 (ok);
create view public.pv as select g, ok from public.p;
create table public.par (s public.st[] default '{a}');
create table public.ch (x int) inherits (public.par);
alter table public.ch alter s set default '{b}';
