create table public.t (id integer primary key, n integer default 5);
