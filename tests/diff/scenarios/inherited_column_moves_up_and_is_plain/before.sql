create table public.a (x int);
create table public.c (y int generated always as (x + 1) stored) inherits (public.a);
insert into public.c (x) values (1);
