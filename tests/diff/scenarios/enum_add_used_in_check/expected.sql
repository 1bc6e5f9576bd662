-- ~1 enum (new enum values, committed before they are used)

ALTER TYPE public.mood ADD VALUE 'happy';

-- +1 constraint
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ADD CONSTRAINT t_mood_check CHECK (mood <> 'happy'::public.mood OR id > 0) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: t_mood_check fails when public.t holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT t_mood_check;
