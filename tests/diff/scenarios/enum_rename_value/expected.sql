-- ~1 enum, ~1 column
--   rewrite: public.t is rewritten: mood moves to the new public.mood
--   may fail: fails when a row of public.t holds a value of mood that no longer exists
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN mood DROP DEFAULT;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy');

ALTER TABLE public.t
    ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood,
    ALTER COLUMN mood SET DEFAULT 'ok'::public.mood;

DROP TYPE public.mood__old;

ALTER TABLE public.t ALTER COLUMN mood SET DEFAULT 'ok'::public.mood;
