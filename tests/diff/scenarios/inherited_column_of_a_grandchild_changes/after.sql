create table public.a (x int);
create table public.b (k int) inherits (public.a);
create table public.b2 (k int, y text not null) inherits (public.a);
create table public.c (y varchar(4)) inherits (public.b);
