-- ~1 enum
--   rewrite: public.t is rewritten: mood moves to the new public.mood
--   may fail: fails when a row of public.t holds a value of mood that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy');

ALTER TABLE public.t ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood;

DROP TYPE public.mood__old;
