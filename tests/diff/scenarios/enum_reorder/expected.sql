-- ~1 enum
--   rewrite: public.t is rewritten: mood moves to the new public.mood

SET lock_timeout = '5s';

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy');

ALTER TABLE public.t ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood;

DROP TYPE public.mood__old;
