-- ~3 columns
--   rewrite: public.t is rewritten: a bit(3) becomes integer
--   incompatible: code that expects public.t.a as bit(3) may break
--   rewrite: public.t is rewritten: b integer becomes bit(32)
--   incompatible: code that expects public.t.b as integer may break
--   rewrite: public.t is rewritten: c smallint becomes bit varying
--   incompatible: code that expects public.t.c as smallint may break

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN a TYPE integer USING a::integer,
    ALTER COLUMN b TYPE bit(32) USING b::bit(32),
    ALTER COLUMN c TYPE bit varying USING c::integer::bit(32);
