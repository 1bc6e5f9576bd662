create table public.z (k int);
create table public.a (x int, p int);
create table public.b (x int, q int);
create table public.c (own date) inherits (public.z, public.a, public.b);
create table public.d () inherits (public.c);
create index c_x on public.c (x);
create view public.seen as select x from public.b;
insert into public.c (x, q) values (5, 6);
insert into public.d (x) values (7);
