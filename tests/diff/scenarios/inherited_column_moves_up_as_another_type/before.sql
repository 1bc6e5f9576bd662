create table public.a (x int);
create table public.c (y varchar(4)) inherits (public.a);
insert into public.c values (1, 'w');
