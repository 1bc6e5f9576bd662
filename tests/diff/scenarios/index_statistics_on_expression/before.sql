create table public.t (id integer primary key, a text);
create index t_a on public.t (lower(a));
