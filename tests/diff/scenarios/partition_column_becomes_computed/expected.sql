-- ~4 columns
--   data loss: column public.m.k is dropped with its values
--   incompatible: code that uses public.m.k breaks
--   data loss: column public.p.k is dropped with its values
--   incompatible: code that uses public.p.k breaks
--   rewrite: public.m is rewritten: every row gets its own value of k
--   rewrite: public.p is rewritten: every row gets its own value of k

SET lock_timeout = '5s';

ALTER TABLE public.m DROP COLUMN k;

ALTER TABLE public.p DROP COLUMN k;

ALTER TABLE public.m ADD COLUMN k integer GENERATED ALWAYS AS (d + 1) STORED;

ALTER TABLE public.p ADD COLUMN k integer GENERATED ALWAYS AS (d + 1) STORED;
