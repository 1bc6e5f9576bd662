-- ~1 index
--   lock: SHARE on public.m_e while every row is read

SET lock_timeout = '5s';

CREATE INDEX b ON public.m_e (v);

ALTER INDEX public.m_v ATTACH PARTITION public.b;
