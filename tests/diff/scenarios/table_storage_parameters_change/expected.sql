-- ~1 table
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t
    RESET (autovacuum_enabled),
    SET (fillfactor = 80);
