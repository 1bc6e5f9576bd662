create table public.a (x int, y text default 'q' not null, z int[]);
create table public.b (k int) inherits (public.a);
create table public.c () inherits (public.b);
create table public.d () inherits (public.c);
create index on public.c (y); create view public.v as select y, z from public.c;
insert into public.c values (1, 'w', '{1}', 2); insert into public.d values (1, 'w', '{1}', 2);
