-- ~1 index
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.t_email;

CREATE INDEX t_email ON public.t (upper(email));
