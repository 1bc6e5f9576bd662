-- ~1 enum
--   rewrite: public.t is rewritten: moods moves to the new public.mood[]
--   may fail: fails when a row of public.t holds a value of moods that no longer exists

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN moods DROP DEFAULT;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('sad', 'ok');

ALTER TABLE public.t
    ALTER COLUMN moods TYPE public.mood[] USING moods::text[]::public.mood[],
    ALTER COLUMN moods SET DEFAULT '{ok}'::public.mood[];

DROP TYPE public.mood__old;
