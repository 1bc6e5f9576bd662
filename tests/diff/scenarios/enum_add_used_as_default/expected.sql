-- ~1 enum, ~1 column (1 of 2: new enum values)

ALTER TYPE public.mood ADD VALUE 'happy';

-- ~1 enum, ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN mood SET DEFAULT 'happy'::public.mood;
