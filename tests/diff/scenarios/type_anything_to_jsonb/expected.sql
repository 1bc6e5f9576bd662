-- ~7 columns
--   rewrite: public.t is rewritten: a uuid becomes jsonb
--   incompatible: code that expects public.t.a as uuid may break
--   rewrite: public.t is rewritten: b date becomes jsonb
--   incompatible: code that expects public.t.b as date may break
--   rewrite: public.t is rewritten: c integer[] becomes jsonb
--   incompatible: code that expects public.t.c as integer[] may break
--   rewrite: public.t is rewritten: d numeric becomes json
--   incompatible: code that expects public.t.d as numeric may break
--   rewrite: public.t is rewritten: e public.mood becomes jsonb
--   incompatible: code that expects public.t.e as public.mood may break
--   rewrite: public.t is rewritten: f int4range becomes jsonb
--   incompatible: code that expects public.t.f as int4range may break
--   rewrite: public.t is rewritten: g timestamp with time zone becomes jsonb
--   incompatible: code that expects public.t.g as timestamp with time zone may break

SET lock_timeout = '5s';
SET datestyle = 'ISO, MDY';
SET timezone = 'UTC';

ALTER TABLE public.t
    ALTER COLUMN a TYPE jsonb USING to_jsonb(a),
    ALTER COLUMN b TYPE jsonb USING to_jsonb(b),
    ALTER COLUMN c TYPE jsonb USING to_jsonb(c),
    ALTER COLUMN d TYPE json USING to_json(d),
    ALTER COLUMN e TYPE jsonb USING to_jsonb(e),
    ALTER COLUMN f TYPE jsonb USING to_jsonb(f),
    ALTER COLUMN g TYPE jsonb USING to_jsonb(g);
