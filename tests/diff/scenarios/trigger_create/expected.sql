-- +1 trigger
--   lock: SHARE ROW EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE TRIGGER t_touch BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.touch();
