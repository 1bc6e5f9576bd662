-- ~1 enum, ~1 column
--   rewrite: public.t is rewritten: k moves to the new public.mood
--   may fail: fails when a row of public.t holds a value of k that no longer exists
--   rewrite: public.t is rewritten: n integer becomes bigint
--   incompatible: code that expects public.t.n as integer may break

SET lock_timeout = '5s';

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('b', 'a');

ALTER TABLE public.t ALTER COLUMN k TYPE public.mood USING k::text::public.mood;

DROP TYPE public.mood__old;

ALTER TABLE public.t ALTER COLUMN n TYPE bigint;

ALTER STATISTICS public.e SET STATISTICS 0;

ALTER STATISTICS public.s SET STATISTICS 50;
