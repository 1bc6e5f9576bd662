-- +1 function

CREATE FUNCTION public.f(a text)
 RETURNS text
 LANGUAGE sql
AS $function$ select a $function$;
