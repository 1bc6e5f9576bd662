create table public.t (id integer primary key, n integer, constraint c1 check (n > 0));
