-- ~5 columns
--   rewrite: public.t is rewritten: a character varying(9) becomes text[]
--   incompatible: code that expects public.t.a as character varying(9) may break
--   rewrite: public.t is rewritten: b integer becomes text[]
--   incompatible: code that expects public.t.b as integer may break
--   rewrite: public.t is rewritten: c text[] becomes jsonb
--   incompatible: code that expects public.t.c as text[] may break
--   rewrite: public.t is rewritten: d uuid becomes text[]
--   incompatible: code that expects public.t.d as uuid may break
--   rewrite: public.t is rewritten: e date becomes timestamp with time zone[]
--   incompatible: code that expects public.t.e as date may break
--   may fail: fails when a value of public.t.e does not fit timestamp with time zone[]

SET lock_timeout = '5s';
SET timezone = 'UTC';

ALTER TABLE public.t
    ALTER COLUMN a TYPE text[] USING CASE WHEN a IS NOT NULL THEN ARRAY[a] END,
    ALTER COLUMN b TYPE text[] USING CASE WHEN b IS NOT NULL THEN ARRAY[b] END,
    ALTER COLUMN c TYPE jsonb USING to_jsonb(c),
    ALTER COLUMN d TYPE text[] USING CASE WHEN d IS NOT NULL THEN ARRAY[d] END,
    ALTER COLUMN e TYPE timestamp with time zone[] USING CASE WHEN e IS NOT NULL THEN ARRAY[e] END;
