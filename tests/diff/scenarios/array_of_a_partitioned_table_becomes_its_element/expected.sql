-- ~2 columns
--   rewrite: public.p is rewritten: a integer[] becomes integer
--   incompatible: code that expects public.p.a as integer[] may break
--   may fail: fails when a value of public.p.a does not fit integer
--   rewrite: public.p is rewritten: t text[] becomes text
--   incompatible: code that expects public.p.t as text[] may break

SET lock_timeout = '5s';

ALTER TABLE public.p
    ALTER COLUMN a TYPE integer USING (CASE WHEN array_ndims(a) = 1 AND cardinality(a) = 1 AND array_to_string(a, '', 'x') = array_to_string(a, '', 'y') THEN array_to_string(a, '')::integer WHEN a IS NOT NULL AND ('not one value: ' || a::text)::boolean THEN array_to_string(a, '')::integer END),
    ALTER COLUMN t TYPE text;
