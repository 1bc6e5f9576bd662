-- ~2 columns
--   rewrite: public.t is rewritten: b integer becomes character varying(9)[]
--   incompatible: code that expects public.t.b as integer may break
--   may fail: fails when a value of public.t.b does not fit character varying(9)[]
--   rewrite: public.t is rewritten: c text becomes timestamp with time zone
--   incompatible: code that expects public.t.c as text may break
--   may fail: fails when a value of public.t.c does not fit timestamp with time zone

SET lock_timeout = '5s';
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';

ALTER TABLE public.t ALTER COLUMN b DROP EXPRESSION;

ALTER TABLE public.t ALTER COLUMN b TYPE character varying(9)[] USING CASE WHEN b IS NOT NULL THEN ARRAY[b] END;

ALTER TABLE public.t ALTER COLUMN c DROP EXPRESSION;

ALTER TABLE public.t ALTER COLUMN c TYPE timestamp with time zone USING c::timestamp with time zone;
