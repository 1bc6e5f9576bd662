-- ~1 domain
--   rewrite: public.t is rewritten: n moves to the new public.d

SET lock_timeout = '5s';

ALTER TYPE public.d RENAME TO d__old;

CREATE DOMAIN public.d AS bigint;

ALTER TABLE public.t ALTER COLUMN n TYPE public.d USING n::integer;

DROP DOMAIN public.d__old;
