-- +1 trigger
--   lock: SHARE ROW EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE TRIGGER tr AFTER INSERT ON public.t REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.tf();
