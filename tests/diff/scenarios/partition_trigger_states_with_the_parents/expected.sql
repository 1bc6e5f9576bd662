-- ~2 triggers
--   lock: SHARE ROW EXCLUSIVE on public.m briefly
--   lock: SHARE ROW EXCLUSIVE on public.m_e briefly

SET lock_timeout = '5s';

ALTER TABLE public.m DISABLE TRIGGER tr;

ALTER TABLE public.m_e ENABLE REPLICA TRIGGER tr;
