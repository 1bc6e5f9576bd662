-- +1 function, −1 function
--   incompatible: code that calls public.tidy(text) breaks
--   lock: ACCESS EXCLUSIVE on public.label briefly

SET lock_timeout = '5s';

ALTER TABLE public.label ALTER COLUMN name DROP DEFAULT;

DROP FUNCTION public.tidy(text);

CREATE FUNCTION public.tidy(t text, deep boolean DEFAULT false)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select btrim(t) $function$;

ALTER TABLE public.label ALTER COLUMN name SET DEFAULT public.tidy(' new '::text);
