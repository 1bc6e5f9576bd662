-- ~1 index
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.t_ab;

CREATE INDEX t_ab ON public.t (a, b DESC NULLS LAST);
