create table public.t (id integer primary key) with (fillfactor = 70, autovacuum_enabled = false);
