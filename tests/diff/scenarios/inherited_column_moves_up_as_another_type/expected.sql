-- +1 column
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.c briefly

SET lock_timeout = '5s';

ALTER TABLE public.c ALTER COLUMN y TYPE text;

ALTER TABLE public.a ADD COLUMN y text;
