CREATE TABLE public.m (d date, v text, n int) PARTITION BY RANGE (d);
CREATE TABLE public.m_d PARTITION OF public.m DEFAULT;
CREATE INDEX m_v ON public.m (v);
CREATE INDEX m_l ON public.m (lower(v));
ALTER INDEX public.m_d_v_idx RENAME TO mine;
ALTER INDEX public.mine SET (fillfactor = 60);
ALTER INDEX public.m_d_lower_idx ALTER COLUMN 1 SET STATISTICS 77;
