-- +1 table, +3 columns, +2 functions, ~3 functions, −1 column
--   data loss: column public.o.b is dropped with its values
--   incompatible: code that uses public.o.b breaks
--   lock: ACCESS EXCLUSIVE on public."Big" briefly
--   lock: ACCESS EXCLUSIVE on public.o briefly

SET lock_timeout = '5s';

DROP FUNCTION public.of_row(public.o);

ALTER TABLE public.o DROP COLUMN b;

ALTER TABLE public."Big" ADD COLUMN "A b" integer;

CREATE OR REPLACE FUNCTION public.quoted()
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT "A b" FROM public."Big"$function$;

ALTER TABLE public."Big" ADD COLUMN "Größe" integer;

CREATE FUNCTION public.a_size()
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT "Größe" FROM public."Big"$function$;

CREATE TABLE public."Its ""new""" (
    x integer
);

CREATE FUNCTION public.a_new_one("Q" integer)
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT x FROM public."Its ""new"""$function$;

ALTER TABLE public.o ADD COLUMN c date;

CREATE FUNCTION public.of_row(public.o)
 RETURNS date
 LANGUAGE sql
AS $function$SELECT $1.c$function$;

CREATE OR REPLACE FUNCTION public.of_rows()
 RETURNS SETOF public.o
 LANGUAGE sql
AS $function$SELECT 1, 'a', date '2026-01-01'$function$;
