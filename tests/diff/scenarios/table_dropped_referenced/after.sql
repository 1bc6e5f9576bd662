create table public.b (id integer primary key, a_id integer);
