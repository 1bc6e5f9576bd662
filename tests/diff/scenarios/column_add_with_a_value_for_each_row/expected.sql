-- +2 columns
--   lock: ACCESS EXCLUSIVE on public.t while every row is rewritten

SET lock_timeout = '5s';

ALTER TABLE public.t ADD COLUMN slug text;

UPDATE public.t SET slug = lower(title);

ALTER TABLE public.t
    ALTER COLUMN slug SET NOT NULL,
    ADD COLUMN token uuid;

UPDATE public.t SET token = gen_random_uuid();

ALTER TABLE public.t ALTER COLUMN token SET NOT NULL;
