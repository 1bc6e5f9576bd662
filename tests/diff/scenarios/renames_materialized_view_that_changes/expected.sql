-- ~2 columns, ~1 index, ~2 materialized views
--   incompatible: code that uses the name public.t.a breaks
--   incompatible: code that uses the name public.m breaks
--   rewrite: public.t is rewritten: b integer becomes bigint
--   incompatible: code that expects public.t.b as integer may break

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN a TO b;

ALTER MATERIALIZED VIEW public.m RENAME TO m2;

ALTER INDEX public.mi RENAME TO mi2;

DROP MATERIALIZED VIEW public.m2;

ALTER TABLE public.t ALTER COLUMN b TYPE bigint;

CREATE MATERIALIZED VIEW public.m2 AS
SELECT id,
    b,
    1 AS c
   FROM public.t;

CREATE UNIQUE INDEX mi2 ON public.m2 (id);
