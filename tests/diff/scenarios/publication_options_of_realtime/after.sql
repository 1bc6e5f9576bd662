CREATE TABLE public.t (id integer PRIMARY KEY);
CREATE TABLE public.u (id integer PRIMARY KEY);
ALTER PUBLICATION supabase_realtime ADD TABLE public.t, public.u;
ALTER PUBLICATION supabase_realtime SET (publish = 'insert, delete', publish_via_partition_root = true);
