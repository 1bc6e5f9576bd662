-- ~1 range type
--   rewrite: public.t is rewritten: spans moves to the new public.span_multirange by way of text

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN spans TYPE text USING spans::text;

DROP TYPE public.span;

CREATE TYPE public.span AS RANGE (
    SUBTYPE = double precision,
    MULTIRANGE_TYPE_NAME = public.span_multirange
);

ALTER TABLE public.t ALTER COLUMN spans TYPE public.span_multirange USING spans::public.span_multirange;
