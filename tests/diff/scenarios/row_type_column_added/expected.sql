-- +1 column
--   lock: ACCESS EXCLUSIVE on public.t while every row is rewritten

SET lock_timeout = '5s';

ALTER TABLE public.t
    ADD COLUMN q integer,
    ALTER COLUMN q SET DEFAULT 3;

UPDATE public.t SET q = 3;
