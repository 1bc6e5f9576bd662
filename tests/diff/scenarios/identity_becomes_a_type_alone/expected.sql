-- +1 column, ~1 column
--   rewrite: public.t is rewritten: k bigint becomes text
--   incompatible: code that expects public.t.k as bigint may break
--   incompatible: code that expects a value in public.t.k may meet NULL

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN k DROP IDENTITY;

ALTER TABLE public.t
    ALTER COLUMN k TYPE text,
    ALTER COLUMN k DROP NOT NULL,
    ADD COLUMN added uuid;
