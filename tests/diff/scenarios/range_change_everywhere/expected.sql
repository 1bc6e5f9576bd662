-- ~1 range type, ~1 view
--   rewrite: public.t is rewritten: a moves to the new public.span[] by way of text
--   rewrite: public.t is rewritten: b moves to the new public.box by way of text
--   rewrite: public.t is rewritten: bs moves to the new public.box[] by way of text
--   rewrite: public.t is rewritten: d moves to the new public.ds by way of text
--   rewrite: public.t is rewritten: m moves to the new public.span_multirange by way of text
--   rewrite: public.t is rewritten: s moves to the new public.span by way of text
--   rewrite: public.x is rewritten: a moves to the new public.span[] by way of text
--   rewrite: public.x is rewritten: b moves to the new public.box by way of text
--   rewrite: public.x is rewritten: bs moves to the new public.box[] by way of text
--   rewrite: public.x is rewritten: d moves to the new public.ds by way of text
--   rewrite: public.x is rewritten: m moves to the new public.span_multirange by way of text
--   rewrite: public.x is rewritten: s moves to the new public.span by way of text
--   data loss: public.span loses digits beyond its precision: numeric becomes double precision
--   data loss: public.span loses digits beyond its precision: numeric becomes double precision
--   data loss: public.span loses digits beyond its precision: numeric becomes double precision
--   may fail: fails when a row of public.t holds a value of a that no longer exists
--   may fail: fails when a row of public.t holds a value of b that no longer exists
--   may fail: fails when a row of public.t holds a value of bs that no longer exists
--   may fail: fails when a row of public.t holds a value of d that no longer exists
--   may fail: fails when a row of public.t holds a value of m that no longer exists
--   may fail: fails when a row of public.t holds a value of s that no longer exists
--   may fail: fails when a row of public.x holds a value of a that no longer exists
--   may fail: fails when a row of public.x holds a value of b that no longer exists
--   may fail: fails when a row of public.x holds a value of bs that no longer exists
--   may fail: fails when a row of public.x holds a value of d that no longer exists
--   may fail: fails when a row of public.x holds a value of m that no longer exists
--   may fail: fails when a row of public.x holds a value of s that no longer exists
--   may fail: t_s_excl fails when public.t holds a conflicting row

SET lock_timeout = '5s';
SET extra_float_digits = 1;

DROP VIEW public.v;

DROP INDEX public.t_m;

ALTER TABLE public.t
    DROP CONSTRAINT t_s_excl,
    ALTER COLUMN s DROP DEFAULT,
    ALTER COLUMN a TYPE text[] USING a::text[],
    ALTER COLUMN b TYPE text USING b::text,
    ALTER COLUMN bs TYPE text[] USING bs::text[],
    ALTER COLUMN d TYPE text USING d::text,
    ALTER COLUMN m TYPE text USING m::text,
    ALTER COLUMN s TYPE text USING s::text;

ALTER TABLE public.x
    ALTER COLUMN a TYPE text[] USING a::text[],
    ALTER COLUMN b TYPE text USING b::text,
    ALTER COLUMN bs TYPE text[] USING bs::text[],
    ALTER COLUMN d TYPE text USING d::text,
    ALTER COLUMN m TYPE text USING m::text,
    ALTER COLUMN s TYPE text USING s::text;

DROP DOMAIN public.ds;

DROP TYPE public.box;

DROP TYPE public.span;

CREATE TYPE public.span AS RANGE (
    SUBTYPE = double precision,
    MULTIRANGE_TYPE_NAME = public.span_multirange
);

CREATE TYPE public.box AS (
    s public.span,
    m public.span_multirange
);

CREATE DOMAIN public.ds AS public.span
    CONSTRAINT ds_check CHECK (NOT isempty(VALUE));

ALTER TABLE public.t
    ALTER COLUMN a TYPE public.span[] USING a::public.span[],
    ALTER COLUMN b TYPE public.box USING b::public.box,
    ALTER COLUMN bs TYPE public.box[] USING bs::public.box[],
    ALTER COLUMN d TYPE public.ds USING d::public.ds,
    ALTER COLUMN m TYPE public.span_multirange USING m::public.span_multirange,
    ALTER COLUMN s TYPE public.span USING s::public.span;

ALTER TABLE public.x
    ALTER COLUMN a TYPE public.span[] USING a::public.span[],
    ALTER COLUMN b TYPE public.box USING b::public.box,
    ALTER COLUMN bs TYPE public.box[] USING bs::public.box[],
    ALTER COLUMN d TYPE public.ds USING d::public.ds,
    ALTER COLUMN m TYPE public.span_multirange USING m::public.span_multirange,
    ALTER COLUMN s TYPE public.span USING s::public.span;

ALTER TABLE public.t
    ALTER COLUMN s SET DEFAULT '[1,2)'::public.span,
    ADD CONSTRAINT t_s_excl EXCLUDE USING gist (s WITH &&);

CREATE INDEX t_m ON public.t USING gist (m);

CREATE VIEW public.v AS
SELECT lower(s) AS l,
    public.span(1::double precision, 2::double precision) AS c
   FROM public.t;
