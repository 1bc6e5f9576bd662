create table public.t (id integer primary key, a text, n integer);
create index t_a on public.t (a) where n > 2;
