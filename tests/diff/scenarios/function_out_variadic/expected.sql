-- +1 function

CREATE FUNCTION public.f(VARIADIC xs integer[], OUT total bigint)
 RETURNS bigint
 LANGUAGE sql
AS $function$ select sum(x) from unnest(xs) x $function$;
