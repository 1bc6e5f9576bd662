-- ~1 function
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP POLICY p ON public.t;

DROP FUNCTION public.is_ok(integer);

CREATE FUNCTION public.is_ok(b integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select true $function$;

CREATE POLICY p ON public.t
    FOR SELECT
    USING (public.is_ok(id));
