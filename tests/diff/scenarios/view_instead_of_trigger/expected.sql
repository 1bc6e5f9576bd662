-- +1 function, +1 trigger, +1 view

CREATE FUNCTION public.vf()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin return new; end $function$;

CREATE VIEW public.v AS
SELECT id
   FROM public.t;

CREATE TRIGGER v_ins INSTEAD OF INSERT ON public.v FOR EACH ROW EXECUTE FUNCTION public.vf();
