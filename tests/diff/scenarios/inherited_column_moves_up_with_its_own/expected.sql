-- +2 columns
--   lock: ACCESS EXCLUSIVE on public.a briefly

SET lock_timeout = '5s';

ALTER TABLE public.a
    ADD COLUMN x integer,
    ADD COLUMN "y Z" text;
