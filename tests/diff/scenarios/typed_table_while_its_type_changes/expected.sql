-- +1 composite type, +3 columns, ~1 enum, ~1 composite type, ~3 tables, ~3 columns, −1 column
--   data loss: column public.t.c is dropped with its values
--   incompatible: code that uses public.t.c breaks
--   rewrite: public.held is rewritten: w moves to the new public.w
--   may fail: fails when a row of public.held holds a value of w that no longer exists
--   rewrite: public.t is rewritten: b moves to the new public.e
--   may fail: fails when a row of public.t holds a value of b that no longer exists
--   data loss: attribute c of public.w is dropped with its values
--   rewrite: public.keyed is rewritten: t integer becomes bigint
--   incompatible: code that expects public.keyed.t as integer may break
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   lock: ACCESS EXCLUSIVE on public.joins briefly
--   lock: ACCESS EXCLUSIVE on public.leaves briefly
--   lock: ACCESS EXCLUSIVE on public.other briefly

SET lock_timeout = '5s';

DROP VIEW public.v;

ALTER TABLE public.other NOT OF;

ALTER TABLE public.t NOT OF;

ALTER TABLE public.t
    DROP COLUMN c,
    ALTER COLUMN b DROP DEFAULT;

ALTER TYPE public.e RENAME TO e__old;

ALTER TYPE public.w RENAME TO w__old;

CREATE TYPE public.e AS ENUM ('a', 'b');

CREATE TYPE public.w AS (
    a bigint,
    b public.e,
    d date
);

ALTER TABLE public.held ALTER COLUMN w TYPE public.w USING CASE WHEN w IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((w).a, (w).b, NULL)::text::public.w END;

ALTER TABLE public.t ALTER COLUMN b TYPE public.e USING b::text::public.e;

DROP TYPE public.w__old;

DROP TYPE public.e__old;

CREATE TYPE public.y AS (
    a integer,
    n integer
);

ALTER TABLE public.joins OF public.x;

ALTER TABLE public.keyed ALTER COLUMN t TYPE bigint;

ALTER TABLE public.leaves NOT OF;

ALTER TABLE public.leaves ADD COLUMN more text;

ALTER TABLE public.other ADD COLUMN n integer DEFAULT 3;

ALTER TABLE public.other OF public.y;

ALTER TABLE public.t
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b SET DEFAULT 'b'::public.e,
    ADD COLUMN d date;

ALTER TABLE public.t OF public.w;

CREATE VIEW public.v AS
SELECT a,
    b
   FROM public.t;
