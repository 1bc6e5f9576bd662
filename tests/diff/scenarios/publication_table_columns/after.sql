create table public.t (id integer primary key, a text, secret text);
alter publication supabase_realtime add table public.t (id, a);
