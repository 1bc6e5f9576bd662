-- ~1 trigger
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP TRIGGER tr ON public.t;

CREATE TRIGGER tr AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.tf('b', 'it''s');
