-- ~1 enum (new enum values, committed before they are used)

ALTER TYPE public.mood ADD VALUE 'happy';

-- ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN mood SET DEFAULT 'happy'::public.mood;
