create table public.a (k int, n int);
create table public.b (k int, m text);
create table public.c (own date) inherits (public.a, public.b);
insert into public.c (k, n, m) values (1, 1, 'x');
