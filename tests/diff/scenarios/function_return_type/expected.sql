-- ~1 function

DROP FUNCTION public.f();

CREATE FUNCTION public.f()
 RETURNS bigint
 LANGUAGE sql
AS $function$ select 1::bigint $function$;
