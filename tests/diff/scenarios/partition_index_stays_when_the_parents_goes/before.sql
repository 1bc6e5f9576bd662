CREATE TABLE public.m (d date, v text, n int) PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT;
CREATE INDEX m_v ON ONLY public.m (v);
CREATE INDEX m_d_v ON public.m_d (v);
ALTER INDEX public.m_v ATTACH PARTITION public.m_d_v;
