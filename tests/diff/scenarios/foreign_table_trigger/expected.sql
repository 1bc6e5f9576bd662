-- +1 trigger
--   lock: SHARE ROW EXCLUSIVE on public.item briefly

SET lock_timeout = '5s';

CREATE TRIGGER touched BEFORE INSERT ON public.item FOR EACH ROW EXECUTE FUNCTION public.touch();
