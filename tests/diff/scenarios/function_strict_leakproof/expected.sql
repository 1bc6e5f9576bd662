-- ~1 function

CREATE OR REPLACE FUNCTION public.f(a integer)
 RETURNS integer
 LANGUAGE sql
 STRICT
AS $function$ select a $function$;
