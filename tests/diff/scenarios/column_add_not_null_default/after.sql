create table public.t (id integer primary key, n integer not null default 0);
