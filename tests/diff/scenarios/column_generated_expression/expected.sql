-- ~1 column
--   rewrite: public.t is rewritten: b is computed anew

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN b SET EXPRESSION AS (a + 2);
