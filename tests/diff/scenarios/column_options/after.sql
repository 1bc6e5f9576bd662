create table public.t (id integer primary key, body text);
alter table public.t alter column body set (n_distinct = -0.5);
