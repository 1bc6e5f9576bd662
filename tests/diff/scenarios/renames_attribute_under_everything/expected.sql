-- ~1 composite type, ~1 function
--   incompatible: code that uses street of public.addr breaks

ALTER TYPE public.addr RENAME ATTRIBUTE street TO road CASCADE;

CREATE OR REPLACE FUNCTION public.g(x public.addr)
 RETURNS text
 LANGUAGE plpgsql
AS $function$begin return x.road; end$function$;
