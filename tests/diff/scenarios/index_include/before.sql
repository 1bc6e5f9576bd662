create table public.t (id integer primary key, a text, b text);
create index t_a on public.t (a);
