create table public.t (id integer primary key, d interval);
