-- ~1 table, ~1 column
--   rewrite: public.a is rewritten: k integer becomes bigint
--   incompatible: code that expects public.a.k as integer may break
--   lock: ACCESS EXCLUSIVE on public.c briefly

SET lock_timeout = '5s';

ALTER TABLE public.c NO INHERIT public.b;

ALTER TABLE public.a ALTER COLUMN k TYPE bigint;
