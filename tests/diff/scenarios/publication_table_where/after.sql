create table public.t (id integer primary key, a text);
alter publication supabase_realtime add table public.t where (id > 10);
