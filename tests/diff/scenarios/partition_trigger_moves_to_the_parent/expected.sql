-- +1 trigger, −1 trigger
--   lock: ACCESS EXCLUSIVE on public.m briefly
--   lock: ACCESS EXCLUSIVE on public.m1 briefly

SET lock_timeout = '5s';

DROP TRIGGER other ON public.m;

DROP TRIGGER tr ON public.m1;

CREATE TRIGGER tr BEFORE INSERT ON public.m FOR EACH ROW EXECUTE FUNCTION public.f();

CREATE TRIGGER other BEFORE UPDATE ON public.m1 FOR EACH ROW EXECUTE FUNCTION public.f();
