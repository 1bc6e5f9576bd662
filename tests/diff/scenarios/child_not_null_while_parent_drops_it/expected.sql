-- ~3 columns
--   incompatible: code that expects a value in public.p.a may meet NULL
--   lock: ACCESS EXCLUSIVE on public.c briefly
--   lock: ACCESS EXCLUSIVE on public.g briefly
--   lock: ACCESS EXCLUSIVE on public.p briefly

SET lock_timeout = '5s';

ALTER TABLE public.p ALTER COLUMN a DROP NOT NULL;

ALTER TABLE public.c ADD CONSTRAINT c_a_not_null CHECK (a IS NOT NULL) NOT VALID;

ALTER TABLE public.p ALTER COLUMN b SET DEFAULT 1;

ALTER TABLE public.c ALTER COLUMN b SET DEFAULT 2;

ALTER TABLE public.g ALTER COLUMN b DROP DEFAULT;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.c has no a
--   incompatible: code that writes NULL to public.c.a breaks
--   lock: ACCESS EXCLUSIVE on public.c while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.c VALIDATE CONSTRAINT c_a_not_null;

ALTER TABLE public.c ALTER COLUMN a SET NOT NULL;

ALTER TABLE public.c DROP CONSTRAINT c_a_not_null;
