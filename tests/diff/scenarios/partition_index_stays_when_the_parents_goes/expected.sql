-- ~1 index, −1 index
--   lock: ACCESS EXCLUSIVE on public.m briefly
--   lock: SHARE on public.m_d while every row is read

SET lock_timeout = '5s';

DROP INDEX public.m_v;

CREATE INDEX m_d_v ON public.m_d (v);
