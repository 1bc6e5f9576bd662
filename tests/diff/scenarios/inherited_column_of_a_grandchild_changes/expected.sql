-- ~2 columns, −1 column
--   data loss: column public.a.y is dropped with its values
--   incompatible: code that uses public.a.y breaks
--   data loss: column public.b.y is dropped with its values
--   incompatible: code that uses public.b.y breaks
--   rewrite: public.c is rewritten: y text becomes character varying(4)
--   incompatible: code that expects public.c.y as text may break
--   may fail: fails when a value of public.c.y does not fit character varying(4)
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b briefly
--   lock: ACCESS EXCLUSIVE on public.b2 briefly

SET lock_timeout = '5s';

ALTER TABLE ONLY public.a DROP COLUMN y;

ALTER TABLE ONLY public.b DROP COLUMN y;

ALTER TABLE public.b2 ADD CONSTRAINT b2_y_not_null CHECK (y IS NOT NULL) NOT VALID;

ALTER TABLE public.c ALTER COLUMN y TYPE character varying(4) USING CASE WHEN length(y) > 4 THEN y || '.' ELSE y END;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.b2 has no y
--   incompatible: code that writes NULL to public.b2.y breaks
--   lock: ACCESS EXCLUSIVE on public.b2 while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b2 VALIDATE CONSTRAINT b2_y_not_null;

ALTER TABLE public.b2 ALTER COLUMN y SET NOT NULL;

ALTER TABLE public.b2 DROP CONSTRAINT b2_y_not_null;
