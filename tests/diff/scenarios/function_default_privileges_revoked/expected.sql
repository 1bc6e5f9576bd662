-- +1 function

CREATE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
AS $function$ select 1 $function$;

REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION public.f() TO authenticated;
