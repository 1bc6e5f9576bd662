-- ~1 domain
--   rewrite: public.t is rewritten: a moves to the new public.small

SET lock_timeout = '5s';

ALTER TYPE public.small RENAME TO small__old;

CREATE DOMAIN public.small AS bigint;

ALTER TABLE public.t ALTER COLUMN a TYPE public.small USING a::integer;

ALTER DOMAIN public.small ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;

DROP DOMAIN public.small__old;
