-- +1 function, ~1 trigger
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP TRIGGER tr ON public.t;

CREATE FUNCTION public.f2()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin return null; end $function$;

CREATE TRIGGER tr AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f2();
