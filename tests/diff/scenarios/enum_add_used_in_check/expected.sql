-- +1 constraint, ~1 enum (1 of 2: new enum values)

ALTER TYPE public.mood ADD VALUE 'happy';

-- +1 constraint, ~1 enum
--   may fail: t_mood_check fails when public.t holds a violating row
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t ADD CONSTRAINT t_mood_check CHECK (mood <> 'happy'::public.mood OR id > 0);
