-- +1 materialized view

CREATE MATERIALIZED VIEW public.m AS
SELECT a
   FROM public.t;
