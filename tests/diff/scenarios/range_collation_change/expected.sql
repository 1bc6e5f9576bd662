-- ~1 range type
--   rewrite: public.t is rewritten: m moves to the new public.tmultirange by way of text
--   rewrite: public.t is rewritten: r moves to the new public.trange by way of text
--   may fail: fails when a row of public.t holds a value of m that no longer exists
--   may fail: fails when a row of public.t holds a value of r that no longer exists

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN m TYPE text USING m::text,
    ALTER COLUMN r TYPE text USING r::text;

DROP TYPE public.trange;

CREATE TYPE public.trange AS RANGE (
    SUBTYPE = text,
    COLLATION = pg_catalog."POSIX",
    MULTIRANGE_TYPE_NAME = public.tmultirange
);

ALTER TABLE public.t
    ALTER COLUMN m TYPE public.tmultirange USING m::public.tmultirange,
    ALTER COLUMN r TYPE public.trange USING r::public.trange;
