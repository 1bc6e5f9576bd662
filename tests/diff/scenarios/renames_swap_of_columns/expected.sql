-- ~4 columns
--   incompatible: code that uses the name public.t.b breaks
--   incompatible: code that uses the name public.t.a breaks
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   rewrite: public.t is rewritten: b integer becomes text
--   incompatible: code that expects public.t.b as integer may break

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN b TO b_old;

ALTER TABLE public.t RENAME COLUMN a TO b;

ALTER TABLE public.t RENAME COLUMN b_old TO a;

ALTER TABLE public.t
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b TYPE text;
