-- ~2 columns
--   rewrite: public.t is rewritten: tags text becomes text[]
--   incompatible: code that expects public.t.tags as text may break
--   rewrite: public.t is rewritten: n integer becomes bigint[]
--   incompatible: code that expects public.t.n as integer may break

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN tags TYPE text[] USING CASE WHEN tags IS NOT NULL THEN ARRAY[tags] END,
    ALTER COLUMN n TYPE bigint[] USING CASE WHEN n IS NOT NULL THEN ARRAY[n] END;
