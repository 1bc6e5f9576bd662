create domain public.d as integer;
create table public.t (id integer primary key, n public.d);
insert into public.t values (1, 7);
