CREATE TABLE public.m (d date, v text, n int) PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT;
