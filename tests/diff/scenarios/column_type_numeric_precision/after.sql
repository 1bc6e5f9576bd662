create table public.t (id integer primary key, n numeric(12,4));
