create domain public.d as integer;
create table public.t (id integer primary key, n public.d);
