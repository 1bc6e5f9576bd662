-- ~2 columns
--   rewrite: public.t is rewritten: a json becomes jsonb
--   incompatible: code that expects public.t.a as json may break
--   may fail: fails when a value of public.t.a does not fit jsonb
--   rewrite: public.t is rewritten: b text becomes jsonb
--   incompatible: code that expects public.t.b as text may break
--   may fail: fails when a value of public.t.b does not fit jsonb

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN a TYPE jsonb USING CASE WHEN a IS JSON WITH UNIQUE KEYS THEN a::jsonb ELSE ('not JSON, or a key is there twice: ' || a)::jsonb END,
    ALTER COLUMN b TYPE jsonb USING CASE WHEN b IS JSON WITH UNIQUE KEYS THEN b::jsonb ELSE ('not JSON, or a key is there twice: ' || b)::jsonb END;
