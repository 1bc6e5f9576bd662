create type public.st as enum ('a','b','c');
create domain public.d1 as public.st; create domain public.d2 as public.st;
create type public.c1 as (x public.st, y int);
create table public.t (id int primary key, a public.d1, b public.d2, c public.c1, e public.st, f public.st);
insert into public.t values (1, 'a', 'b', row('a', 1), 'a', 'b');
