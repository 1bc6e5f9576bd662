create table public.a (x int, y int);
create table public.c () inherits (public.a);
