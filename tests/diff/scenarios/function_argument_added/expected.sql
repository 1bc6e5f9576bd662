-- +1 function, −1 function
--   incompatible: code that calls public.f(integer) breaks

DROP FUNCTION public.f(integer);

CREATE FUNCTION public.f(a integer, b integer)
 RETURNS integer
 LANGUAGE sql
AS $function$ select a + b $function$;
