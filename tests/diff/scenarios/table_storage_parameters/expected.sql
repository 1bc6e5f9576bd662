-- ~1 table
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t SET (autovacuum_enabled = false, fillfactor = 70);
