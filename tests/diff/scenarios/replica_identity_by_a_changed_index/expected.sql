-- ~2 indexes
--   may fail: u fails when public.t holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.g briefly
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.u;

ALTER INDEX public.g SET (fastupdate = off);

CREATE UNIQUE INDEX u ON public.t (a, b) INCLUDE (id, c) NULLS NOT DISTINCT;

ALTER TABLE public.t REPLICA IDENTITY USING INDEX u;
