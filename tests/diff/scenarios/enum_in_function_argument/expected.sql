-- ~1 enum

DROP FUNCTION public.f(public.mood);

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('sad', 'ok');

DROP TYPE public.mood__old;

CREATE FUNCTION public.f(m public.mood)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select m::text $function$;
