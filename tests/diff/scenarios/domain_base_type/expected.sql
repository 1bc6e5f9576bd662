-- ~1 domain
--   rewrite: public.t is rewritten: n moves to the new public.d
--   may fail: fails when a row of public.t holds a value of n that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.d RENAME TO d__old;

CREATE DOMAIN public.d AS bigint;

ALTER TABLE public.t ALTER COLUMN n TYPE public.d USING n::integer;

DROP DOMAIN public.d__old;
