create type public.e as enum ('a', 'b');
create table public.t (id int not null, k public.e[] default array['a'::public.e], n public.e default 'b') partition by range (id);
create table public.t_a partition of public.t default;
create table public.t_b partition of public.t for values from (100) to (200) partition by range (id);
create table public.t_c partition of public.t_b default;
alter table public.t_b alter n set statistics 7;
alter table public.t_c alter n set not null;
create table public.p (n public.e default 'a');
create table public.c () inherits (public.p);
