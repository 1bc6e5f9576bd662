-- +1 index, ~1 index
--   lock: SHARE on public.m while every row is read

SET lock_timeout = '5s';

CREATE INDEX m_v ON public.m (v);
