-- ~1 enum
--   incompatible: code that uses public.day.good breaks
--   rewrite: public.day is rewritten: mood moves to the new public.mood
--   may fail: fails when a row of public.day holds a value of mood that no longer exists
--   rewrite: public.day is rewritten: every row gets its own value of good

SET lock_timeout = '5s';

ALTER TABLE public.day DROP COLUMN good;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('up', 'down');

ALTER TABLE public.day ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood;

DROP TYPE public.mood__old;

ALTER TABLE public.day ADD COLUMN good boolean GENERATED ALWAYS AS ((mood = 'up'::public.mood)) STORED;
