-- ~1 column
--   rewrite: public.p is rewritten: b is computed anew
--   rewrite: public.p is rewritten: b text becomes character varying(20)
--   incompatible: code that expects public.p.b as text may break
--   may fail: fails when a value of public.p.b does not fit character varying(20)

SET lock_timeout = '5s';

ALTER TABLE public.p ALTER COLUMN b SET EXPRESSION AS ((a || '?'::text));

ALTER TABLE public.p ALTER COLUMN b TYPE character varying(20);
