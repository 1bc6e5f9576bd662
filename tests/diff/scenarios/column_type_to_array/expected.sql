-- ~1 column
--   rewrite: public.t is rewritten: tags text becomes text[]
--   incompatible: code that expects public.t.tags as text may break

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN tags TYPE text[] USING CASE WHEN tags IS NOT NULL THEN ARRAY[tags] END;
