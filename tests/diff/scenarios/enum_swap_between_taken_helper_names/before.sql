create type public.e as enum ('a','b','c');
create table public.e_old (id int);
create type public.e_new as enum ('x');
create domain public.e_swap as int;
create table public.t (id int primary key, e public.e default 'a', es public.e[] default '{a}');
insert into public.t values (1, 'b', '{a,b}');
