-- ~1 column
--   rewrite: public.t is rewritten: n integer becomes bigint
--   incompatible: code that expects public.t.n as integer may break
--   may fail: fails when a value of public.t.n does not fit bigint

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN n TYPE bigint;
