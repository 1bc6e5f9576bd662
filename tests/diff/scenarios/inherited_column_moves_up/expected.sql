-- +1 column
--   lock: ACCESS EXCLUSIVE on public.a briefly

SET lock_timeout = '5s';

ALTER TABLE public.a ADD COLUMN x integer NOT NULL DEFAULT 3;
