-- ~3 indexes
--   lock: ACCESS EXCLUSIVE on public.j briefly
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.i;

DROP INDEX public.k;

CREATE INDEX i ON public.t (a) WHERE b <> 'x WITH (n)'::text;

ALTER INDEX public.j SET (fillfactor = 60);

CREATE INDEX k ON public.t ((b || ' WITH (y)'::text)) WITH (fillfactor = 50);
