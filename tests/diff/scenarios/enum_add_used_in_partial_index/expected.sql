-- ~1 enum (new enum values, committed before they are used)

ALTER TYPE public.mood ADD VALUE 'happy';

-- +1 index
--   lock: SHARE on public.t while every row is read

SET lock_timeout = '5s';

CREATE INDEX t_happy ON public.t (id) WHERE mood = 'happy'::public.mood;
