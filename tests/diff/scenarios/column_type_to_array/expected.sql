-- ~1 column
--   rewrite: public.t is rewritten: tags text becomes text[]
--   incompatible: code that expects public.t.tags as text may break
--   may fail: fails when a value of public.t.tags does not fit text[]

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN tags TYPE text[] USING ARRAY[tags];
