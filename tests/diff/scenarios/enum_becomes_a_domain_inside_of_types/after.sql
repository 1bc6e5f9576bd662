create domain public.x as varchar(9);
create type public.c as (x public.x, n int);
create domain public.d as public.c[];
create table public.p (c public.c, d public.d, id int) partition by hash (id);
create table public.p1 partition of public.p for values with (modulus 1, remainder 0);
create table public.k (x public.x primary key); create table public.l (x public.x references public.k);
