-- ~1 materialized view
--   lock: ACCESS EXCLUSIVE on public.m briefly

SET lock_timeout = '5s';

ALTER MATERIALIZED VIEW public.m SET (fillfactor = 80);
