-- +1 schema, ~2 range types, ~2 columns, ~1 function, ~1 view
--   incompatible: code that uses the name public.span breaks
--   incompatible: code that uses the name public.res.during breaks
--   rewrite: public.res is rewritten: at moves to the new tm.period by way of text
--   rewrite: public.res is rewritten: many moves to the new tm.period_multirange by way of text
--   may fail: no_overlap fails when public.res holds a conflicting row

SET lock_timeout = '5s';

CREATE SCHEMA tm;

ALTER TYPE public.span SET SCHEMA tm;

ALTER TYPE tm.span RENAME TO period;

ALTER TYPE public.span_multirange SET SCHEMA tm;

ALTER TABLE public.res RENAME COLUMN during TO at;

ALTER TYPE tm.span_multirange RENAME TO period_multirange;

DROP VIEW public.long;

ALTER TABLE public.res DROP CONSTRAINT no_overlap;

DROP FUNCTION public.over(tm.period);

ALTER TABLE public.res
    ALTER COLUMN at TYPE text USING at::text,
    ALTER COLUMN many TYPE text USING many::text;

DROP TYPE tm.period;

CREATE TYPE tm.period AS RANGE (
    SUBTYPE = bigint,
    MULTIRANGE_TYPE_NAME = tm.period_multirange
);

ALTER TABLE public.res
    ALTER COLUMN at TYPE tm.period USING at::tm.period,
    ALTER COLUMN many TYPE tm.period_multirange USING many::tm.period_multirange;

CREATE FUNCTION public.over(x tm.period)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN (upper(x) > 6);

ALTER TABLE public.res
    ADD CONSTRAINT res_at_not_null CHECK (at IS NOT NULL) NOT VALID,
    ADD CONSTRAINT no_overlap EXCLUDE USING gist (at WITH &&);

CREATE VIEW public.long AS
SELECT id,
    at
   FROM public.res
  WHERE public.over(at);

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.res has no at
--   incompatible: code that writes NULL to public.res.at breaks
--   lock: ACCESS EXCLUSIVE on public.res while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.res VALIDATE CONSTRAINT res_at_not_null;

ALTER TABLE public.res ALTER COLUMN at SET NOT NULL;

ALTER TABLE public.res DROP CONSTRAINT res_at_not_null;
