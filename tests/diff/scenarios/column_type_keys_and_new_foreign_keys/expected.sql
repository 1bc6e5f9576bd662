-- +1 table, ~3 columns, ~1 constraint
--   rewrite: public.a is rewritten: id text becomes uuid
--   incompatible: code that expects public.a.id as text may break
--   may fail: fails when a value of public.a.id does not fit uuid
--   rewrite: public.b is rewritten: x text becomes uuid
--   incompatible: code that expects public.b.x as text may break
--   may fail: fails when a value of public.b.x does not fit uuid
--   rewrite: public.c is rewritten: x text becomes uuid
--   incompatible: code that expects public.c.x as text may break
--   may fail: fails when a value of public.c.x does not fit uuid

SET lock_timeout = '5s';

ALTER TABLE public.b DROP CONSTRAINT b_x_fkey;

ALTER TABLE public.c DROP CONSTRAINT c_fk;

ALTER TABLE public.a ALTER COLUMN id TYPE uuid USING id::uuid;

ALTER TABLE public.b
    ALTER COLUMN x TYPE uuid USING x::uuid,
    ADD CONSTRAINT b_x_fkey FOREIGN KEY (x) REFERENCES public.a(id) ON DELETE CASCADE NOT VALID;

ALTER TABLE public.c
    ALTER COLUMN x TYPE uuid USING x::uuid,
    ADD CONSTRAINT c_fk FOREIGN KEY (x) REFERENCES public.a(id) NOT VALID;

CREATE TABLE public.d (
    x uuid,
    CONSTRAINT d_fk FOREIGN KEY (x) REFERENCES public.a(id)
);

-- reads the existing rows, without blocking writes
--   may fail: b_x_fkey fails when public.b holds a violating row
--   may fail: c_fk fails when public.c holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.b while every row is read
--   lock: SHARE UPDATE EXCLUSIVE on public.c while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b VALIDATE CONSTRAINT b_x_fkey;

ALTER TABLE public.c VALIDATE CONSTRAINT c_fk;
