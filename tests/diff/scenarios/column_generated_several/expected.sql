-- ~3 columns
--   incompatible: code that uses public.p.b breaks
--   incompatible: code that uses public.p.c breaks
--   rewrite: public.p is rewritten: a text becomes character varying(30)
--   incompatible: code that expects public.p.a as text may break
--   may fail: fails when a value of public.p.a does not fit character varying(30)
--   rewrite: public.p is rewritten: every row gets its own value of b
--   rewrite: public.p is rewritten: every row gets its own value of c
--   may fail: bu fails when public.p holds a duplicate

SET lock_timeout = '5s';

DROP VIEW public.pv;

ALTER TABLE public.p
    DROP CONSTRAINT bu,
    DROP COLUMN b,
    DROP COLUMN c,
    ALTER COLUMN a TYPE character varying(30) USING CASE WHEN length(a) > 30 THEN a || '.' ELSE a END,
    ADD COLUMN b character varying(20) GENERATED ALWAYS AS (((a)::text || '?'::text)) STORED,
    ADD COLUMN c text GENERATED ALWAYS AS (upper((a)::text)) STORED,
    ADD CONSTRAINT bu UNIQUE (b);

CREATE INDEX p_b ON public.p (b, c);

CREATE VIEW public.pv AS
SELECT b,
    c
   FROM public.p;
