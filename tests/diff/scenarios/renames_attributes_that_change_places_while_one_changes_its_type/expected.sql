-- ~5 composite types
--   incompatible: code that uses the name public.addr breaks
--   incompatible: code that uses c of public.place breaks
--   incompatible: code that uses b of public.place breaks
--   incompatible: code that uses a of public.place breaks
--   rewrite: public.t is rewritten: a moves to the new public.place
--   may fail: fails when a row of public.t holds a value of a that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.addr RENAME TO place;

ALTER TYPE public.place RENAME ATTRIBUTE c TO d CASCADE;

ALTER TYPE public.place RENAME ATTRIBUTE b TO b_old CASCADE;

ALTER TYPE public.place RENAME ATTRIBUTE a TO b CASCADE;

ALTER TYPE public.place RENAME ATTRIBUTE b_old TO a CASCADE;

ALTER TYPE public.place RENAME TO place__old;

CREATE TYPE public.place AS (
    b integer,
    a integer,
    d character varying(20)
);

ALTER TABLE public.t ALTER COLUMN a TYPE public.place USING CASE WHEN a IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((a).b, (a).a, CASE WHEN length((a).d) > 20 THEN (a).d || '.' ELSE (a).d END)::text::public.place END;

DROP TYPE public.place__old;
