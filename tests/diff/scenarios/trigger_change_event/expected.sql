-- ~1 trigger
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP TRIGGER tr ON public.t;

CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF a ON public.t FOR EACH ROW WHEN (new.a IS NOT NULL) EXECUTE FUNCTION public.tf();
