-- ~1 index
--   may fail: t_a fails when public.t holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.t_a;

CREATE UNIQUE INDEX t_a ON public.t (a) NULLS NOT DISTINCT;
