create table public.t (id integer primary key, n integer);
insert into public.t values (1, 42);
