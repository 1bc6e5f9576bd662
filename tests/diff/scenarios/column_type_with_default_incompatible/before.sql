create table public.t (id integer primary key, n text default '7');
