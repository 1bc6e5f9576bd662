-- ~1 table
--   lock: ACCESS EXCLUSIVE on public.m while every row is read
--   lock: SHARE ROW EXCLUSIVE on public.m1 briefly

SET lock_timeout = '5s';

ALTER TABLE public.m DETACH PARTITION public.m1;

CREATE TRIGGER tr BEFORE INSERT ON public.m1 FOR EACH ROW EXECUTE FUNCTION public.f();

ALTER TABLE public.m1 DISABLE TRIGGER tr;
