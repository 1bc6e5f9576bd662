create table public.t (id integer primary key, j jsonb);
