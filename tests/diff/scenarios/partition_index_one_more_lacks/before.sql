CREATE TABLE public.m (d date, v text) PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT;
CREATE TABLE public.m_e PARTITION OF public.m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX m_v ON ONLY public.m (v);
CREATE INDEX a ON public.m_d (v);
ALTER INDEX public.m_v ATTACH PARTITION public.a;
