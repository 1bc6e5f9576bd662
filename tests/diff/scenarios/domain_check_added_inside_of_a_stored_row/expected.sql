-- ~2 domains
--   rewrite: public.u is rewritten: r public.t becomes text
--   rewrite: public.t is rewritten: d moves to the new public.d
--   may fail: fails when a row of public.t holds a value of d that no longer exists
--   rewrite: public.t is rewritten: e moves to the new public.e
--   may fail: fails when a row of public.t holds a value of e that no longer exists
--   rewrite: public.u is rewritten: r text becomes public.t
--   may fail: fails when a value of public.u.r does not fit public.t

SET lock_timeout = '5s';

ALTER TABLE public.u ALTER COLUMN r TYPE text;

ALTER TYPE public.d RENAME TO d__old;

ALTER TYPE public.e RENAME TO e__old;

CREATE DOMAIN public.d AS text
    CONSTRAINT d_check CHECK (VALUE <> 'never'::text);

CREATE DOMAIN public.e AS public.d CONSTRAINT e_not_null NOT NULL;

ALTER TABLE public.t
    ALTER COLUMN d TYPE public.d USING d::text::public.d,
    ALTER COLUMN e TYPE public.e USING e::text::public.e;

DROP DOMAIN public.e__old;

DROP DOMAIN public.d__old;

ALTER TABLE public.u ALTER COLUMN r TYPE public.t USING r::public.t;
