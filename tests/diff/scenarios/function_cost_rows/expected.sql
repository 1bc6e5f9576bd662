-- ~1 function

CREATE OR REPLACE FUNCTION public.f()
 RETURNS SETOF integer
 LANGUAGE sql
 COST 500 ROWS 10
AS $function$ select 1 $function$;
