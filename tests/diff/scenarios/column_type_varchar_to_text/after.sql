create table public.t (id integer primary key, s text);
