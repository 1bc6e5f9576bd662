-- ~1 function

CREATE OR REPLACE FUNCTION public.f(a integer DEFAULT 5)
 RETURNS integer
 LANGUAGE sql
AS $function$ select a $function$;
