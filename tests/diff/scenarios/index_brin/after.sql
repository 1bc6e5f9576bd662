create table public.t (id integer primary key, at timestamptz);
create index t_at on public.t using brin (at) with (pages_per_range = 32);
