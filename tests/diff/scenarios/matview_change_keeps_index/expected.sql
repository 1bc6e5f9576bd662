-- ~1 materialized view

DROP MATERIALIZED VIEW public.m;

CREATE MATERIALIZED VIEW public.m AS
SELECT a,
    count(DISTINCT b) AS n
   FROM public.t
  GROUP BY a;

CREATE UNIQUE INDEX m_a ON public.m (a);
