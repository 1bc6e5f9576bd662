create table public.t (id integer primary key, a text, deleted_at timestamptz);
create index t_a on public.t (a);
