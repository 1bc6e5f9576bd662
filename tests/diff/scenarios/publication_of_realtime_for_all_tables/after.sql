CREATE TABLE public.t (id integer PRIMARY KEY);
DROP PUBLICATION IF EXISTS supabase_realtime;
CREATE PUBLICATION supabase_realtime FOR ALL TABLES;
