-- +1 composite type, +1 column, ~1 enum, ~1 composite type, ~3 columns, −1 domain
--   data loss: attribute x of public.c1 is dropped with its values
--   rewrite: public.t is rewritten: b public.d2 becomes text
--   incompatible: code that expects public.t.b as public.d2 may break
--   rewrite: public.t is rewritten: e public.st becomes text
--   incompatible: code that expects public.t.e as public.st may break
--   rewrite: public.t is rewritten: a moves to the new public.d1
--   may fail: fails when a row of public.t holds a value of a that no longer exists
--   rewrite: public.t is rewritten: f moves to the new public.st
--   may fail: fails when a row of public.t holds a value of f that no longer exists
--   rewrite: public.t is rewritten: f public.st becomes public.st[]
--   incompatible: code that expects public.t.f as public.st may break

SET lock_timeout = '5s';

ALTER TYPE public.c1 DROP ATTRIBUTE x CASCADE;

ALTER TABLE public.t ALTER COLUMN b TYPE text;

DROP DOMAIN public.d2;

ALTER TABLE public.t ALTER COLUMN e TYPE text;

ALTER TYPE public.st RENAME TO st__old;

ALTER TYPE public.d1 RENAME TO d1__old;

CREATE TYPE public.st AS ENUM ('b', 'a');

CREATE DOMAIN public.d1 AS public.st;

ALTER TABLE public.t
    ALTER COLUMN a TYPE public.d1 USING a::text::public.d1,
    ALTER COLUMN f TYPE public.st USING f::text::public.st;

DROP DOMAIN public.d1__old;

DROP TYPE public.st__old;

CREATE TYPE public.c2 AS (
    x public.st[]
);

ALTER TABLE public.t
    ALTER COLUMN f TYPE public.st[] USING CASE WHEN f IS NOT NULL THEN ARRAY[f] END,
    ADD COLUMN n public.c2;
