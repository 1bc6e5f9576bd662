create type public.st as enum ('b','a');
create domain public.d1 as public.st;
create type public.c1 as (y int);
create type public.c2 as (x public.st[]);
create table public.t (id int primary key, a public.d1, b text, c public.c1, e text, f public.st[], n public.c2);
