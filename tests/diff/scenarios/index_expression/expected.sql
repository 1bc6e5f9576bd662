-- +1 index
--   may fail: t_email_lower fails when public.t holds a duplicate
--   lock: SHARE on public.t while every row is read

SET lock_timeout = '5s';

CREATE UNIQUE INDEX t_email_lower ON public.t (lower(email));
