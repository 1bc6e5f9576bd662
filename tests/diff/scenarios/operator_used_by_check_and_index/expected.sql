-- ~1 constraint, ~1 operator
--   lock: ACCESS EXCLUSIVE on public.parcel while every row is read

SET lock_timeout = '5s';

DROP VIEW public.ones;

DROP INDEX public.parcel_other;

ALTER TABLE public.parcel DROP CONSTRAINT one;

DROP OPERATOR public.=== (integer, integer);

CREATE OPERATOR public.=== (
    FUNCTION = public.other,
    LEFTARG = integer,
    RIGHTARG = integer
);

ALTER TABLE public.parcel ADD CONSTRAINT one CHECK (id OPERATOR(public.===) 2) NOT VALID;

CREATE INDEX parcel_other ON public.parcel ((id OPERATOR(public.===) 2));

CREATE VIEW public.ones AS
SELECT id
   FROM public.parcel
  WHERE id OPERATOR(public.===) 1;

-- reads the existing rows, without blocking writes
--   may fail: one fails when public.parcel holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.parcel while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.parcel VALIDATE CONSTRAINT one;
