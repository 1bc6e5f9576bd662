-- ~2 columns
--   rewrite: public.t is rewritten: a text becomes timestamp without time zone
--   incompatible: code that expects public.t.a as text may break
--   may fail: fails when a value of public.t.a does not fit timestamp without time zone
--   rewrite: public.t is rewritten: b text becomes timestamp with time zone
--   incompatible: code that expects public.t.b as text may break
--   may fail: fails when a value of public.t.b does not fit timestamp with time zone

SET lock_timeout = '5s';
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';

ALTER TABLE public.t
    ALTER COLUMN a TYPE timestamp without time zone USING a::timestamp with time zone,
    ALTER COLUMN b TYPE timestamp with time zone USING b::timestamp with time zone;
