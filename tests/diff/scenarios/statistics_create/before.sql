create table public.t (id integer primary key, a integer, b integer);
