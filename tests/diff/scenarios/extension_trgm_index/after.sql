create table public.t (id integer primary key, label text);
create extension pg_trgm with schema extensions;
create index t_label_trgm on public.t using gin (label extensions.gin_trgm_ops);
