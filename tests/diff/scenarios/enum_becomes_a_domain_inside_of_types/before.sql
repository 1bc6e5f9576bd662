create type public.x as enum ('a', 'b');
create type public.c as (x public.x, n int);
create domain public.d as public.c[];
create table public.p (c public.c, d public.d, id int) partition by hash (id);
create table public.p1 partition of public.p for values with (modulus 1, remainder 0);
create table public.k (x public.x primary key); create table public.l (x public.x references public.k);
insert into public.p values (row('a', 1), array[row('b',2)::public.c], 1); insert into public.k values ('a'); insert into public.l values ('a');
