-- +1 index, +1 table setting
--   may fail: m_u fails when public.m holds a duplicate
--   lock: SHARE on public.m while every row is read
--   lock: ACCESS EXCLUSIVE on public.m_d briefly

SET lock_timeout = '5s';

CREATE UNIQUE INDEX m_u ON public.m (d, n);

ALTER TABLE public.m_d REPLICA IDENTITY USING INDEX m_d_d_n_idx;
