-- ~1 materialized view

DROP VIEW public.v;

DROP MATERIALIZED VIEW public.m;

CREATE MATERIALIZED VIEW public.m AS
SELECT a
   FROM public.t
  WHERE id > 1;

CREATE VIEW public.v AS
SELECT a
   FROM public.m;
