create table public.t (id integer primary key, a text, b timestamptz);
create index t_ab on public.t (a, b);
