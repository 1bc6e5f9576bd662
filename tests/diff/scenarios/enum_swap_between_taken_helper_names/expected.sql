-- ~1 enum, ~1 column
--   rewrite: public.t is rewritten: e moves to the new public.e
--   may fail: fails when a row of public.t holds a value of e that no longer exists
--   rewrite: public.t is rewritten: es moves to the new public.e[]
--   may fail: fails when a row of public.t holds a value of es that no longer exists

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN e DROP DEFAULT,
    ALTER COLUMN es DROP DEFAULT;

ALTER TYPE public.e RENAME TO e__old;

CREATE TYPE public.e AS ENUM ('b', 'a');

ALTER TABLE public.t
    ALTER COLUMN e TYPE public.e USING e::text::public.e,
    ALTER COLUMN e SET DEFAULT 'a'::public.e,
    ALTER COLUMN es TYPE public.e[] USING es::text[]::public.e[];

DROP TYPE public.e__old;

ALTER TABLE public.t ALTER COLUMN es SET DEFAULT '{b}'::public.e[];
