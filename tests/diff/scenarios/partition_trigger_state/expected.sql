-- ~1 trigger
--   lock: SHARE ROW EXCLUSIVE on public.m_d briefly

SET lock_timeout = '5s';

ALTER TABLE public.m_d DISABLE TRIGGER tr;
