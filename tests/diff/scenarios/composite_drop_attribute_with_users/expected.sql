-- ~1 composite type, ~1 function, ~1 view
--   data loss: attribute zip of public.addr is dropped with its values

DROP VIEW public.pv;

DROP FUNCTION public.zipf();

ALTER TYPE public.addr DROP ATTRIBUTE zip CASCADE;

CREATE FUNCTION public.zipf()
 RETURNS text
 LANGUAGE sql
BEGIN ATOMIC
 SELECT (person.addr).street AS street
    FROM public.person;
END;

CREATE VIEW public.pv AS
SELECT (addr).town || '!'::text AS town
   FROM public.person;
