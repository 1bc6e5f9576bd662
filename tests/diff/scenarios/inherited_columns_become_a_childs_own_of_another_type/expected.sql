-- ~2 columns, −2 columns
--   data loss: column public.stamp.code is dropped with its values
--   incompatible: code that uses public.stamp.code breaks
--   data loss: column public.stamp.note is dropped with its values
--   incompatible: code that uses public.stamp.note breaks
--   rewrite: public.visit is rewritten: code integer becomes bigint
--   incompatible: code that expects public.visit.code as integer may break
--   incompatible: code that expects a value in public.visit.code may meet NULL
--   lock: ACCESS EXCLUSIVE on public.stamp briefly

SET lock_timeout = '5s';

DROP VIEW public.vv;

ALTER TABLE ONLY public.stamp
    DROP COLUMN code,
    DROP COLUMN note;

ALTER TABLE public.visit
    ALTER COLUMN note SET DEFAULT 'm'::text,
    ALTER COLUMN code DROP DEFAULT,
    ALTER COLUMN code TYPE bigint,
    ALTER COLUMN code DROP NOT NULL;

CREATE VIEW public.vv AS
SELECT note,
    code
   FROM public.visit;
