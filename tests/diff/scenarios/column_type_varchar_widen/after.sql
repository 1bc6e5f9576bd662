create table public.t (id integer primary key, s varchar(40));
