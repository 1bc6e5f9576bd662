CREATE TABLE public.m (d date, n int, v text) PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT PARTITION BY LIST (n);
CREATE TABLE public.m_d_1 PARTITION OF public.m_d FOR VALUES IN (1);
CREATE INDEX m_v ON public.m (v);
