create domain public.d as bigint;
create table public.t (id integer primary key, n public.d);
