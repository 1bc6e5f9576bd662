-- ~2 enums
--   rewrite: public.t is rewritten: h moves to the new public.hue
--   may fail: fails when a row of public.t holds a value of h that no longer exists
--   rewrite: public.t is rewritten: e moves to the new public."éééééééééééééééééééééééééééééé"[]
--   may fail: fails when a row of public.t holds a value of e that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.hue RENAME TO hue__old_3;

CREATE TYPE public.hue AS ENUM ('a', 'b');

ALTER TABLE public.t ALTER COLUMN h TYPE public.hue USING h::text::public.hue;

DROP TYPE public.hue__old_3;

ALTER TYPE public."éééééééééééééééééééééééééééééé" RENAME TO "éééééééééééééééééééééééééééééé__o";

CREATE TYPE public."éééééééééééééééééééééééééééééé" AS ENUM ('a', 'b');

ALTER TABLE public.t ALTER COLUMN e TYPE public."éééééééééééééééééééééééééééééé"[] USING e::text[]::public."éééééééééééééééééééééééééééééé"[];

DROP TYPE public."éééééééééééééééééééééééééééééé__o";
