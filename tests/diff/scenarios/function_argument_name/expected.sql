-- ~1 function

DROP FUNCTION public.f(integer);

CREATE FUNCTION public.f(b integer)
 RETURNS integer
 LANGUAGE sql
AS $function$ select $1 $function$;
