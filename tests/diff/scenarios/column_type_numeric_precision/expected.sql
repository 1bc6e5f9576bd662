-- ~1 column
--   rewrite: public.t is rewritten: n numeric(10,2) becomes numeric(12,4)
--   incompatible: code that expects public.t.n as numeric(10,2) may break

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN n TYPE numeric(12,4);
