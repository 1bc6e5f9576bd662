create type public.e as enum ('b','a');
create table public.e_old (id int);
create type public.e_new as enum ('x');
create domain public.e_swap as int;
create table public.t (id int primary key, e public.e default 'a', es public.e[] default '{b}');
