-- ~1 constraint
--   lock: ACCESS EXCLUSIVE on public.p1_pkey briefly

SET lock_timeout = '5s';

ALTER INDEX public.p1_pkey SET (fillfactor = 50);
