-- ~1 column
--   rewrite: public.t is rewritten: s text becomes integer
--   incompatible: code that expects public.t.s as text may break
--   may fail: fails when a value of public.t.s does not fit integer

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN s TYPE integer USING s::integer;
