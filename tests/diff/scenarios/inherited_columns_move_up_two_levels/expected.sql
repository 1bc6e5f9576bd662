-- +2 columns
--   rewrite: public.c is rewritten: y integer becomes bigint
--   incompatible: code that expects public.c.y as integer may break
--   incompatible: code that inserts into public.a without y breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.d briefly

SET lock_timeout = '5s';

ALTER TABLE public.c
    ALTER COLUMN y DROP DEFAULT,
    ALTER COLUMN y TYPE bigint,
    ADD CONSTRAINT c_y_not_null CHECK (y IS NOT NULL) NOT VALID;

ALTER TABLE public.a ADD COLUMN y bigint NOT NULL DEFAULT 0;

ALTER TABLE public.a ALTER COLUMN y DROP DEFAULT;

ALTER TABLE public.d ALTER COLUMN z TYPE text;

ALTER TABLE public.a ADD COLUMN z text;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.c has no y
--   incompatible: code that writes NULL to public.c.y breaks
--   lock: ACCESS EXCLUSIVE on public.c while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.c VALIDATE CONSTRAINT c_y_not_null;

ALTER TABLE public.c ALTER COLUMN y SET NOT NULL;

ALTER TABLE public.c DROP CONSTRAINT c_y_not_null;
