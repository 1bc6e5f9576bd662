-- +1 index
--   may fail: m_a fails when public.m holds a duplicate
--   lock: SHARE on public.m while every row is read

SET lock_timeout = '5s';

CREATE UNIQUE INDEX m_a ON public.m (a);
