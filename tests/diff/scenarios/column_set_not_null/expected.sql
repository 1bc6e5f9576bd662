-- ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ADD CONSTRAINT t_n_not_null CHECK (n IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.t has no n
--   incompatible: code that writes NULL to public.t.n breaks
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT t_n_not_null;

ALTER TABLE public.t ALTER COLUMN n SET NOT NULL;

ALTER TABLE public.t DROP CONSTRAINT t_n_not_null;
