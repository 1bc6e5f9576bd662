create table public.t (id integer primary key, j json default '{"a": 1}');
