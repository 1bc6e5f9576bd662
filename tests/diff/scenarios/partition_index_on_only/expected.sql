-- ~1 index
--   lock: SHARE on public.m_d while every row is read

SET lock_timeout = '5s';

CREATE INDEX m_d_v_idx ON public.m_d (v);

ALTER INDEX public.m_v ATTACH PARTITION public.m_d_v_idx;
