-- ~1 enum
--   incompatible: code that uses public.day.mood breaks
--   rewrite: public.day is rewritten: every row gets its own value of mood

SET lock_timeout = '5s';

ALTER TABLE public.day DROP COLUMN mood;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('up', 'down');

DROP TYPE public.mood__old;

ALTER TABLE public.day ADD COLUMN mood public.mood GENERATED ALWAYS AS (
CASE
    WHEN (n > 0) THEN 'up'::public.mood
    ELSE 'down'::public.mood
END) STORED;
