CREATE TABLE public.t (id integer PRIMARY KEY);
ALTER PUBLICATION supabase_realtime ADD TABLE public.t;
ALTER PUBLICATION supabase_realtime SET (publish = 'insert');
