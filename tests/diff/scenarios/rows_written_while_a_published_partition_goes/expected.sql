-- ~2 columns, −2 tables
--   data loss: table public.child is dropped with its rows
--   incompatible: code that reads public.child breaks
--   data loss: table public.t_2 is dropped with its rows
--   incompatible: code that reads public.t_2 breaks
--   lock: ACCESS EXCLUSIVE on public.parent while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.stays briefly
--   lock: ACCESS EXCLUSIVE on public.t while every row is rewritten
--   lock: ACCESS EXCLUSIVE on public.t_1 briefly

SET lock_timeout = '5s';

DROP TABLE public.child;

DROP TABLE public.t_2;

ALTER TABLE public.parent REPLICA IDENTITY FULL;

ALTER TABLE public.stays REPLICA IDENTITY FULL;

UPDATE public.parent SET k = 'x' WHERE k IS NULL;

ALTER TABLE public.parent REPLICA IDENTITY DEFAULT;

ALTER TABLE public.stays REPLICA IDENTITY DEFAULT;

ALTER TABLE public.parent ADD CONSTRAINT parent_k_not_null CHECK (k IS NOT NULL) NOT VALID;

ALTER TABLE public.t_1 REPLICA IDENTITY FULL;

UPDATE public.t SET k = 'x' WHERE k IS NULL;

ALTER TABLE public.t_1 REPLICA IDENTITY DEFAULT;

ALTER TABLE public.t ADD CONSTRAINT t_k_not_null CHECK (k IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   incompatible: code that writes NULL to public.parent.k breaks
--   incompatible: code that writes NULL to public.t.k breaks
--   lock: ACCESS EXCLUSIVE on public.parent while every row is read
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.parent VALIDATE CONSTRAINT parent_k_not_null;

ALTER TABLE public.parent ALTER COLUMN k SET NOT NULL;

ALTER TABLE public.parent DROP CONSTRAINT parent_k_not_null;

ALTER TABLE public.t VALIDATE CONSTRAINT t_k_not_null;

ALTER TABLE public.t ALTER COLUMN k SET NOT NULL;

ALTER TABLE public.t DROP CONSTRAINT t_k_not_null;
