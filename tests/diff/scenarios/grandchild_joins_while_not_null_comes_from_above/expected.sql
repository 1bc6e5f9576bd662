-- ~1 table, ~3 columns, ~1 constraint, −2 columns, −2 constraints
--   data loss: column public.base.e is dropped with its values
--   incompatible: code that uses public.base.e breaks
--   data loss: column public.kid2.e is dropped with its values
--   incompatible: code that uses public.kid2.e breaks
--   rewrite: public.base is rewritten: a bigint becomes integer
--   incompatible: code that expects public.base.a as bigint may break
--   may fail: fails when a value of public.base.a does not fit integer
--   may fail: fails when a row of public.base has no a
--   incompatible: code that writes NULL to public.base.a breaks
--   incompatible: code that expects a value in public.base.b may meet NULL
--   rewrite: public.kid1 is rewritten: c bigint becomes integer
--   incompatible: code that expects public.kid1.c as bigint may break
--   may fail: fails when a value of public.kid1.c does not fit integer
--   rewrite: public.kid2 is rewritten: a bigint becomes integer
--   incompatible: code that expects public.kid2.a as bigint may break
--   may fail: fails when a value of public.kid2.a does not fit integer
--   may fail: fails when a row of public.kid2 has no a
--   incompatible: code that writes NULL to public.kid2.a breaks
--   incompatible: code that expects a value in public.kid2.b may meet NULL
--   rewrite: public.kid2 is rewritten: c bigint becomes integer
--   incompatible: code that expects public.kid2.c as bigint may break
--   may fail: fails when a value of public.kid2.c does not fit integer
--   may fail: base_a_check fails when public.kid2 holds a violating row

SET lock_timeout = '5s';

ALTER TABLE public.base
    DROP CONSTRAINT base_a_check,
    DROP COLUMN e;

ALTER TABLE public.kid1 DROP CONSTRAINT kid1_c_check;

ALTER TABLE public.kid2
    DROP COLUMN e,
    DROP CONSTRAINT kid1_c_check;

ALTER TABLE public.base
    ALTER COLUMN a TYPE integer,
    ALTER COLUMN a SET NOT NULL,
    ALTER COLUMN b DROP DEFAULT,
    ALTER COLUMN b TYPE text,
    ALTER COLUMN b SET DEFAULT 'x'::text,
    ALTER COLUMN b DROP NOT NULL,
    ADD CONSTRAINT base_a_check CHECK (a > 0) NOT VALID;

ALTER TABLE public.kid1 ALTER COLUMN c TYPE integer;

ALTER TABLE public.kid2
    ALTER COLUMN a TYPE integer,
    ALTER COLUMN a SET NOT NULL,
    ALTER COLUMN b DROP DEFAULT,
    ALTER COLUMN b TYPE text,
    ALTER COLUMN b SET DEFAULT 'x'::text,
    ALTER COLUMN b DROP NOT NULL,
    ALTER COLUMN c TYPE integer,
    ADD CONSTRAINT base_a_check CHECK (a > 0);

ALTER TABLE public.kid2 INHERIT public.kid1;

-- reads the existing rows, without blocking writes
--   may fail: base_a_check fails when public.base holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.base while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.base VALIDATE CONSTRAINT base_a_check;
