-- +2 columns
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t
    ADD COLUMN a text,
    ADD COLUMN b jsonb NOT NULL DEFAULT '{}'::jsonb;
