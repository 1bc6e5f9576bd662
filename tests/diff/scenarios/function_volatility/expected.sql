-- ~1 function

CREATE OR REPLACE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$ select 1 $function$;
