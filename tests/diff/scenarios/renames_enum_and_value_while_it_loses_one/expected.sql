-- +1 schema, ~3 enums, ~1 domain, ~1 composite type, ~1 column
--   incompatible: code that uses the name public.mood breaks
--   incompatible: code that writes 'great' breaks
--   rewrite: public.p is rewritten: c moves to the new public.pair
--   may fail: fails when a row of public.p holds a value of c that no longer exists
--   rewrite: public.p is rewritten: f moves to the new public.feeling
--   may fail: fails when a row of public.p holds a value of f that no longer exists
--   rewrite: public.p is rewritten: m moves to the new app.temper
--   may fail: fails when a row of public.p holds a value of m that no longer exists
--   rewrite: public.p is rewritten: ms moves to the new app.temper[]
--   may fail: fails when a row of public.p holds a value of ms that no longer exists

SET lock_timeout = '5s';

CREATE SCHEMA app;

ALTER TYPE public.mood SET SCHEMA app;

ALTER TYPE app.mood RENAME TO temper;

ALTER TYPE app.temper RENAME VALUE 'great' TO 'superb';

DROP VIEW public.v;

ALTER TABLE public.p ALTER COLUMN m DROP DEFAULT;

ALTER TYPE app.temper RENAME TO temper__old;

ALTER TYPE public.feeling RENAME TO feeling__old;

ALTER TYPE public.pair RENAME TO pair__old;

CREATE TYPE app.temper AS ENUM ('ok', 'fine', 'superb');

CREATE DOMAIN public.feeling AS app.temper
    CONSTRAINT feeling_check CHECK (VALUE <> 'fine'::app.temper);

CREATE TYPE public.pair AS (
    f public.feeling,
    m app.temper
);

ALTER TABLE public.p
    ALTER COLUMN c TYPE public.pair USING CASE WHEN c IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((c).f, (c).m)::text::public.pair END,
    ALTER COLUMN f TYPE public.feeling USING f::text::public.feeling,
    ALTER COLUMN m TYPE app.temper USING m::text::app.temper,
    ALTER COLUMN ms TYPE app.temper[] USING ms::text[]::app.temper[];

DROP TYPE public.pair__old;

DROP DOMAIN public.feeling__old;

DROP TYPE app.temper__old;

ALTER TABLE public.p ALTER COLUMN m SET DEFAULT 'fine'::app.temper;

CREATE VIEW public.v AS
SELECT m
   FROM public.p
  WHERE m = 'superb'::app.temper;
