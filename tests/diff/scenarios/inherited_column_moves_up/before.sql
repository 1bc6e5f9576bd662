create table public.a (id int);
create table public.b (x int not null default 3, y text) inherits (public.a);
create table public.c (x int not null default 4) inherits (public.a);
insert into public.b values (1, 2, 'z');
