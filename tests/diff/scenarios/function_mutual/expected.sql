-- +2 functions

SET check_function_bodies = off;

CREATE FUNCTION public.even(n integer)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$ begin return n = 0 or public.odd(n - 1); end $function$;

CREATE FUNCTION public.odd(n integer)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$ begin return n <> 0 and public.even(n - 1); end $function$;
