create table public.z (k int);
create table public.a (x bigint);
create table public.b (x bigint, q int, n int not null default 3, constraint plus check (x > 0));
create table public.c (own date) inherits (public.z, public.a, public.b);
create table public.d () inherits (public.c);
create index c_x on public.c (x);
create view public.seen as select x from public.b;
