-- ~1 column
--   rewrite: public.t is rewritten: j json becomes jsonb
--   incompatible: code that expects public.t.j as json may break
--   may fail: fails when a value of public.t.j does not fit jsonb

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN j TYPE jsonb USING CASE WHEN j IS JSON WITH UNIQUE KEYS THEN j::jsonb ELSE ('not JSON, or a key is there twice: ' || j)::jsonb END;
