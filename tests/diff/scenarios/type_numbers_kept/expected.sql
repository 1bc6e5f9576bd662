-- ~6 columns
--   rewrite: public.t is rewritten: a double precision becomes numeric
--   incompatible: code that expects public.t.a as double precision may break
--   rewrite: public.t is rewritten: b boolean becomes bigint
--   incompatible: code that expects public.t.b as boolean may break
--   rewrite: public.t is rewritten: c boolean becomes numeric(3,1)
--   incompatible: code that expects public.t.c as boolean may break
--   rewrite: public.t is rewritten: d integer becomes boolean
--   incompatible: code that expects public.t.d as integer may break
--   may fail: fails when a value of public.t.d does not fit boolean
--   rewrite: public.t is rewritten: e real becomes numeric
--   incompatible: code that expects public.t.e as real may break
--   rewrite: public.t is rewritten: f oid becomes integer
--   incompatible: code that expects public.t.f as oid may break
--   may fail: fails when a value of public.t.f does not fit integer

SET lock_timeout = '5s';
SET extra_float_digits = 1;

ALTER TABLE public.t
    ALTER COLUMN a TYPE numeric USING a::text::numeric,
    ALTER COLUMN b TYPE bigint USING b::integer,
    ALTER COLUMN c TYPE numeric(3,1) USING c::integer,
    ALTER COLUMN d TYPE boolean USING d::text::boolean,
    ALTER COLUMN e TYPE numeric USING e::text::numeric,
    ALTER COLUMN f TYPE integer USING f::bigint;
