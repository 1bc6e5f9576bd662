-- ~1 composite type, ~1 function

DROP VIEW public.v;

DROP FUNCTION public.g(public.res);

ALTER TYPE public.res ALTER ATTRIBUTE a TYPE bigint CASCADE;

CREATE FUNCTION public.g(r public.res)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN (r).a;

CREATE VIEW public.v AS
SELECT (public.f()).a AS a;
