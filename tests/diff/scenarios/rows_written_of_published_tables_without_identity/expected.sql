-- +1 column, ~6 columns
--   lock: ACCESS EXCLUSIVE on app.s while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.bare while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.child briefly
--   lock: ACCESS EXCLUSIVE on public.full_one while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.parts while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.parts_1 briefly
--   lock: ACCESS EXCLUSIVE on public.quiet while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.t while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.unwatched while every row is rewritten

SET lock_timeout = '5s';

ALTER TABLE app.s REPLICA IDENTITY FULL;

UPDATE app.s SET b = 'x' WHERE b IS NULL;

ALTER TABLE app.s REPLICA IDENTITY DEFAULT;

ALTER TABLE app.s ADD CONSTRAINT s_b_not_null CHECK (b IS NOT NULL) NOT VALID;

ALTER TABLE public.bare REPLICA IDENTITY FULL;

UPDATE public.bare SET b = 'x' WHERE b IS NULL;

ALTER TABLE public.bare REPLICA IDENTITY DEFAULT;

ALTER TABLE public.bare ADD CONSTRAINT bare_b_not_null CHECK (b IS NOT NULL) NOT VALID;

UPDATE public.full_one SET b = 'x' WHERE b IS NULL;

ALTER TABLE public.full_one ADD CONSTRAINT full_one_b_not_null CHECK (b IS NOT NULL) NOT VALID;

ALTER TABLE public.parts_1 REPLICA IDENTITY FULL;

UPDATE public.parts SET b = 'x' WHERE b IS NULL;

ALTER TABLE public.parts_1 REPLICA IDENTITY DEFAULT;

ALTER TABLE public.parts ADD CONSTRAINT parts_b_not_null CHECK (b IS NOT NULL) NOT VALID;

ALTER TABLE public.quiet REPLICA IDENTITY FULL;

UPDATE public.quiet SET b = 'x' WHERE b IS NULL;

ALTER TABLE public.quiet REPLICA IDENTITY NOTHING;

ALTER TABLE public.quiet ADD CONSTRAINT quiet_b_not_null CHECK (b IS NOT NULL) NOT VALID;

ALTER TABLE public.t
    ADD COLUMN n integer,
    ALTER COLUMN n SET DEFAULT 7;

ALTER TABLE public.child REPLICA IDENTITY FULL;

UPDATE public.t SET n = 7;

ALTER TABLE public.child REPLICA IDENTITY DEFAULT;

UPDATE public.unwatched SET b = 'x' WHERE b IS NULL;

ALTER TABLE public.unwatched ADD CONSTRAINT unwatched_b_not_null CHECK (b IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   incompatible: code that writes NULL to app.s.b breaks
--   incompatible: code that writes NULL to public.bare.b breaks
--   incompatible: code that writes NULL to public.full_one.b breaks
--   incompatible: code that writes NULL to public.parts.b breaks
--   incompatible: code that writes NULL to public.quiet.b breaks
--   incompatible: code that writes NULL to public.unwatched.b breaks
--   lock: ACCESS EXCLUSIVE on app.s while every row is read
--   lock: ACCESS EXCLUSIVE on public.bare while every row is read
--   lock: ACCESS EXCLUSIVE on public.full_one while every row is read
--   lock: ACCESS EXCLUSIVE on public.parts while every row is read
--   lock: ACCESS EXCLUSIVE on public.quiet while every row is read
--   lock: ACCESS EXCLUSIVE on public.unwatched while every row is read

SET lock_timeout = '5s';

ALTER TABLE app.s VALIDATE CONSTRAINT s_b_not_null;

ALTER TABLE app.s ALTER COLUMN b SET NOT NULL;

ALTER TABLE app.s DROP CONSTRAINT s_b_not_null;

ALTER TABLE public.bare VALIDATE CONSTRAINT bare_b_not_null;

ALTER TABLE public.bare ALTER COLUMN b SET NOT NULL;

ALTER TABLE public.bare DROP CONSTRAINT bare_b_not_null;

ALTER TABLE public.full_one VALIDATE CONSTRAINT full_one_b_not_null;

ALTER TABLE public.full_one ALTER COLUMN b SET NOT NULL;

ALTER TABLE public.full_one DROP CONSTRAINT full_one_b_not_null;

ALTER TABLE public.parts VALIDATE CONSTRAINT parts_b_not_null;

ALTER TABLE public.parts ALTER COLUMN b SET NOT NULL;

ALTER TABLE public.parts DROP CONSTRAINT parts_b_not_null;

ALTER TABLE public.quiet VALIDATE CONSTRAINT quiet_b_not_null;

ALTER TABLE public.quiet ALTER COLUMN b SET NOT NULL;

ALTER TABLE public.quiet DROP CONSTRAINT quiet_b_not_null;

ALTER TABLE public.unwatched VALIDATE CONSTRAINT unwatched_b_not_null;

ALTER TABLE public.unwatched ALTER COLUMN b SET NOT NULL;

ALTER TABLE public.unwatched DROP CONSTRAINT unwatched_b_not_null;
