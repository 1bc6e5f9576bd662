-- ~2 columns, ~1 statistics object
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   rewrite: public.t is rewritten: b text becomes character varying(10)
--   incompatible: code that expects public.t.b as text may break
--   may fail: fails when a value of public.t.b does not fit character varying(10)
--   lock: ACCESS EXCLUSIVE on public.i briefly

SET lock_timeout = '5s';

DROP STATISTICS public.s;

ALTER TABLE public.t
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b TYPE character varying(10) USING CASE WHEN length(b) > 10 THEN b || '.' ELSE b END;

ALTER INDEX public.i ALTER COLUMN 1 SET STATISTICS 99;

CREATE STATISTICS public.s (dependencies, mcv) ON a, lower(b::text) FROM public.t;

ALTER STATISTICS public.s SET STATISTICS 55;
