-- ~4 columns
--   rewrite: public.parts is rewritten: k integer becomes text
--   incompatible: code that expects public.parts.k as integer may break
--   incompatible: code that expects a value in public.parts.k may meet NULL
--   rewrite: public.t is rewritten: k bigint becomes text
--   incompatible: code that expects public.t.k as bigint may break
--   incompatible: code that expects a value in public.t.k may meet NULL
--   rewrite: public.t is rewritten: n integer becomes numeric(9,2)
--   incompatible: code that expects public.t.n as integer may break
--   may fail: fails when a value of public.t.n does not fit numeric(9,2)
--   rewrite: public.t is rewritten: s smallint becomes bigint
--   incompatible: code that expects public.t.s as smallint may break
--   incompatible: code that expects a value in public.t.s may meet NULL

SET lock_timeout = '5s';

ALTER TABLE public.parts ALTER COLUMN k DROP IDENTITY;

ALTER TABLE public.t ALTER COLUMN k DROP IDENTITY;

ALTER TABLE public.t ALTER COLUMN n DROP IDENTITY;

ALTER TABLE public.t ALTER COLUMN s DROP IDENTITY;

ALTER TABLE public.parts
    ALTER COLUMN k TYPE text,
    ALTER COLUMN k DROP NOT NULL;

ALTER TABLE public.t
    ALTER COLUMN k TYPE text,
    ALTER COLUMN k SET DEFAULT 'x'::text,
    ALTER COLUMN k DROP NOT NULL,
    ALTER COLUMN n TYPE numeric(9,2),
    ALTER COLUMN s TYPE bigint,
    ALTER COLUMN s DROP NOT NULL;
