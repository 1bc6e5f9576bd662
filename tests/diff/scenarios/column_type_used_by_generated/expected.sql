-- ~2 columns
--   incompatible: code that uses public.t.b breaks
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   rewrite: public.t is rewritten: every row gets its own value of b

SET lock_timeout = '5s';

ALTER TABLE public.t
    DROP COLUMN b,
    ALTER COLUMN a TYPE bigint,
    ADD COLUMN b bigint GENERATED ALWAYS AS (a * 2) STORED;
