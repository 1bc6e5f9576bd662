-- ~1 range type
--   rewrite: public.t is rewritten: m moves to the new public.r_multirange[] by way of text
--   rewrite: public.t is rewritten: r moves to the new public.r by way of text

SET lock_timeout = '5s';
SET datestyle = 'ISO, MDY';
SET timezone = 'UTC';

ALTER TABLE public.t
    ALTER COLUMN m TYPE text[] USING m::text[],
    ALTER COLUMN r TYPE text USING r::text;

DROP TYPE public.r;

CREATE TYPE public.r AS RANGE (
    SUBTYPE = timestamp with time zone,
    MULTIRANGE_TYPE_NAME = public.r_multirange
);

ALTER TABLE public.t
    ALTER COLUMN m TYPE public.r_multirange[] USING m::public.r_multirange[],
    ALTER COLUMN r TYPE public.r USING r::public.r;
