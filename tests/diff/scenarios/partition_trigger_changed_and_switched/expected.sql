-- ~2 triggers
--   lock: ACCESS EXCLUSIVE on public.m briefly
--   lock: SHARE ROW EXCLUSIVE on public.m_d briefly

SET lock_timeout = '5s';

DROP TRIGGER tr ON public.m;

CREATE TRIGGER tr AFTER UPDATE ON public.m FOR EACH ROW EXECUTE FUNCTION public.f();

ALTER TABLE public.m_d ENABLE ALWAYS TRIGGER tr;
