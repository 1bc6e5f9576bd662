create table public.t (id integer primary key);
alter publication supabase_realtime add table public.t;
