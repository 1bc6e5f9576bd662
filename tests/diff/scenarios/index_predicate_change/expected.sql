-- ~1 index
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.t_a;

CREATE INDEX t_a ON public.t (a) WHERE n > 2;
