-- +1 index, +1 materialized view

CREATE MATERIALIZED VIEW public.m AS
SELECT a,
    count(*) AS n
   FROM public.t
  GROUP BY a;

CREATE UNIQUE INDEX m_a ON public.m (a);
