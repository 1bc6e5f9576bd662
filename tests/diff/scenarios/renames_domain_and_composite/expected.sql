-- ~2 domains, ~2 composite types, ~1 column
--   incompatible: code that uses the name public.d breaks
--   incompatible: code that uses the name public.c breaks
--   may fail: d2_check fails when a column of public.d2 holds a violating value
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER DOMAIN public.d RENAME TO d2;

ALTER TYPE public.c RENAME TO c2;

ALTER TYPE public.c2 ADD ATTRIBUTE z integer CASCADE;

ALTER DOMAIN public.d2 DROP CONSTRAINT d_check;

ALTER DOMAIN public.d2 ADD CONSTRAINT d2_check CHECK (VALUE <> 'a'::text);

ALTER TABLE public.t ADD CONSTRAINT t_d_not_null CHECK (d IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.t has no d
--   incompatible: code that writes NULL to public.t.d breaks
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT t_d_not_null;

ALTER TABLE public.t ALTER COLUMN d SET NOT NULL;

ALTER TABLE public.t DROP CONSTRAINT t_d_not_null;
