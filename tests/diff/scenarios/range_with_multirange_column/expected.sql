-- ~1 range type
--   rewrite: public.t is rewritten: spans moves to the new public.span_multirange by way of text
--   data loss: public.span loses digits beyond its precision: numeric becomes double precision
--   may fail: fails when a row of public.t holds a value of spans that no longer exists

SET lock_timeout = '5s';
SET extra_float_digits = 1;

ALTER TABLE public.t ALTER COLUMN spans TYPE text USING spans::text;

DROP TYPE public.span;

CREATE TYPE public.span AS RANGE (
    SUBTYPE = double precision,
    MULTIRANGE_TYPE_NAME = public.span_multirange
);

ALTER TABLE public.t ALTER COLUMN spans TYPE public.span_multirange USING spans::public.span_multirange;
