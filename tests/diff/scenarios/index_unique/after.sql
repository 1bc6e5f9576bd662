create table public.t (id integer primary key, a text);
create unique index t_a on public.t (a);
