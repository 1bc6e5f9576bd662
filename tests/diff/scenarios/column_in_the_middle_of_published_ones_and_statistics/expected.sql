-- +1 column, ~1 statistics object, ~1 published table
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER PUBLICATION pp DROP TABLE public.t;

DROP STATISTICS public.st;

ALTER TABLE public.t ADD COLUMN a integer;

CREATE STATISTICS public.st ON id, a, "B x" FROM public.t;

ALTER PUBLICATION pp ADD TABLE public.t (id, a, "B x") WHERE (id > 1);
