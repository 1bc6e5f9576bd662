create table public.a (x int);
create table public.b (k int, z int[]) inherits (public.a);
create table public.c (y text default 'q' not null) inherits (public.b);
create table public.d () inherits (public.c);
create index on public.c (y); create view public.v as select y, z from public.c;
