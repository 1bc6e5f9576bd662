create table public.a (x int, y text);
create table public.b (k int) inherits (public.a);
create table public.b2 (k int) inherits (public.a);
create table public.c () inherits (public.b);
insert into public.c values (1, 'w', 2); insert into public.b2 values (1, 'w', 2);
