CREATE TABLE public.m (d date, n int, v text DEFAULT 'm') PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT PARTITION BY LIST (n);
ALTER TABLE public.m_d ALTER v SET DEFAULT 'd';
CREATE TABLE public.m_d_1 PARTITION OF public.m_d FOR VALUES IN (1);
ALTER TABLE public.m_d_1 ALTER v SET NOT NULL, ALTER v SET DEFAULT 'leaf';
CREATE INDEX m_v ON public.m (v);
CREATE INDEX m_n ON public.m (n);
