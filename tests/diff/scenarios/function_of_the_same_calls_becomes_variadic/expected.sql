-- +1 function, ~1 column, ~1 constraint, ~1 index, ~1 statistics object, ~1 view, −1 function
--   incompatible: code that uses public.parcel.ok breaks
--   incompatible: code that calls public.may(integer) breaks
--   rewrite: public.parcel is rewritten: every row gets its own value of ok

SET lock_timeout = '5s';

DROP VIEW public.pv;

DROP STATISTICS public.ps;

DROP INDEX public.pi;

ALTER TABLE public.parcel
    DROP COLUMN ok,
    DROP CONSTRAINT seen;

DROP FUNCTION public.may(integer);

CREATE FUNCTION public.may(VARIADIC u integer[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select u is not null $function$;

ALTER TABLE public.parcel
    ADD COLUMN ok boolean GENERATED ALWAYS AS (public.may(VARIADIC ARRAY[sender])) STORED,
    ADD CONSTRAINT seen CHECK (public.may(VARIADIC ARRAY[sender])) NOT VALID;

CREATE INDEX pi ON public.parcel (public.may(VARIADIC ARRAY[sender]));

CREATE STATISTICS public.ps ON id, public.may(VARIADIC ARRAY[sender]) FROM public.parcel;

CREATE VIEW public.pv AS
SELECT public.may(VARIADIC ARRAY[sender]) AS m
   FROM public.parcel;

-- reads the existing rows, without blocking writes
--   may fail: seen fails when public.parcel holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.parcel while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.parcel VALIDATE CONSTRAINT seen;
