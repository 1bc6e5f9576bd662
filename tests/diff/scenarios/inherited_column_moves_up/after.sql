create table public.a (id int, x int not null default 3);
create table public.b (y text) inherits (public.a);
create table public.c (x int not null default 4) inherits (public.a);
