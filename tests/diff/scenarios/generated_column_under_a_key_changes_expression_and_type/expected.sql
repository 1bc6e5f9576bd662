-- ~2 columns
--   rewrite: public.g is rewritten: s is computed anew
--   rewrite: public.g is rewritten: s integer becomes bigint
--   incompatible: code that expects public.g.s as integer may break
--   rewrite: public.h is rewritten: s integer becomes bigint
--   incompatible: code that expects public.h.s as integer may break

SET lock_timeout = '5s';

DROP VIEW public.gv;

DROP POLICY gp ON public.g;

ALTER TABLE public.g ALTER COLUMN s SET EXPRESSION AS (a + (1)::bigint);

ALTER TABLE public.g ALTER COLUMN s TYPE bigint;

CREATE POLICY gp ON public.g
    USING (s > 0);

ALTER TABLE public.h ALTER COLUMN s TYPE bigint;

CREATE VIEW public.gv AS
SELECT s
   FROM public.g;
