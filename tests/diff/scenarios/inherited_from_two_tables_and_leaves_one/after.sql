create table public.a (k bigint, n int);
create table public.b (k int, m text);
create table public.c (own date, m text) inherits (public.a);
