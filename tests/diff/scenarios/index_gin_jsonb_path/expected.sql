-- ~1 index
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.t_j;

CREATE INDEX t_j ON public.t USING gin (j jsonb_path_ops);
