-- +2 columns
--   incompatible: code that inserts into public.t without a NOT NULL b breaks
--   incompatible: code that inserts into public.t without c breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ADD COLUMN "a NOT NULL b" text NOT NULL DEFAULT 'x NOT NULL';

ALTER TABLE public.t ALTER COLUMN "a NOT NULL b" DROP DEFAULT;

ALTER TABLE public.t ADD COLUMN c text NOT NULL DEFAULT ' NOT NULL ';

ALTER TABLE public.t ALTER COLUMN c DROP DEFAULT;
