-- ~3 columns
--   rewrite: public.t is rewritten: a text becomes public.code
--   incompatible: code that expects public.t.a as text may break
--   may fail: fails when a value of public.t.a does not fit public.code
--   rewrite: public.t is rewritten: b text[] becomes public.code[]
--   incompatible: code that expects public.t.b as text[] may break
--   may fail: fails when a value of public.t.b does not fit public.code[]

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN a TYPE public.code USING CASE WHEN length(a) > 3 THEN a || '.' ELSE a END,
    ALTER COLUMN b TYPE public.code[] USING CASE WHEN b::character varying(3)[]::text[] <> b::text[] THEN b || repeat('.', 4) ELSE b END,
    ALTER COLUMN c TYPE text;
