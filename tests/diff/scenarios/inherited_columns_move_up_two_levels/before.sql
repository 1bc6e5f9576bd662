create table public.a (x int);
create table public.c (y int default 3) inherits (public.a);
create table public.d (z text collate "C") inherits (public.c);
insert into public.d values (1, 2, 'w');
