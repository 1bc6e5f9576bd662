-- ~1 column
--   may fail: fails when a row of public.t has no n
--   incompatible: code that writes NULL to public.t.n breaks
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN n SET NOT NULL;
