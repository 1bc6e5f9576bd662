create table public.a (x int, y text);
create table public.c () inherits (public.a);
