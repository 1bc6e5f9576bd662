create table public.t (id integer primary key, j jsonb);
create index t_j on public.t using gin (j jsonb_path_ops);
