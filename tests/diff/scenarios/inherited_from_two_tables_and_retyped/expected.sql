-- +1 column, +1 constraint, ~2 columns, −1 column
--   data loss: column public.a.p is dropped with its values
--   incompatible: code that uses public.a.p breaks
--   rewrite: public.a is rewritten: x integer becomes bigint
--   incompatible: code that expects public.a.x as integer may break
--   rewrite: public.b is rewritten: x integer becomes bigint
--   incompatible: code that expects public.b.x as integer may break
--   lock: ACCESS EXCLUSIVE on public.c briefly

SET lock_timeout = '5s';

DROP VIEW public.seen;

ALTER TABLE public.a DROP COLUMN p;

ALTER TABLE public.c NO INHERIT public.b;

ALTER TABLE public.a ALTER COLUMN x TYPE bigint;

ALTER TABLE public.b ALTER COLUMN x TYPE bigint;

ALTER TABLE public.c INHERIT public.b;

ALTER TABLE public.b
    ADD COLUMN n integer NOT NULL DEFAULT 3,
    ADD CONSTRAINT plus CHECK (x > 0) NOT VALID;

CREATE VIEW public.seen AS
SELECT x
   FROM public.b;

-- reads the existing rows, without blocking writes
--   may fail: plus fails when public.b holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.b while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b VALIDATE CONSTRAINT plus;
