-- ~1 column
--   rewrite: public.t is rewritten: b text becomes boolean
--   incompatible: code that expects public.t.b as text may break
--   may fail: fails when a value of public.t.b does not fit boolean

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN b TYPE boolean USING b::boolean;
