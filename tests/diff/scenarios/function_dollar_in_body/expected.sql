-- +1 function

CREATE FUNCTION public.f()
 RETURNS text
 LANGUAGE plpgsql
AS $function$ begin return $$a'b$$ || $x$c$x$; end $function$;
