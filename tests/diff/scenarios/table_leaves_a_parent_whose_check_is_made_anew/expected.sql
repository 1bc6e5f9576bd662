-- +2 columns, +2 constraints, ~1 table, ~7 columns, ~1 constraint, ~1 view
--   rewrite: public.base is rewritten: a integer becomes bigint
--   incompatible: code that expects public.base.a as integer may break
--   rewrite: public.base is rewritten: b text becomes character varying(30)
--   incompatible: code that expects public.base.b as text may break
--   may fail: fails when a value of public.base.b does not fit character varying(30)
--   rewrite: public.kid1 is rewritten: c integer becomes bigint
--   incompatible: code that expects public.kid1.c as integer may break
--   rewrite: public.kid2 is rewritten: a integer becomes bigint
--   incompatible: code that expects public.kid2.a as integer may break
--   rewrite: public.kid2 is rewritten: b text becomes character varying(30)
--   incompatible: code that expects public.kid2.b as text may break
--   may fail: fails when a value of public.kid2.b does not fit character varying(30)
--   rewrite: public.kid2 is rewritten: c integer becomes bigint
--   incompatible: code that expects public.kid2.c as integer may break

SET lock_timeout = '5s';

DROP VIEW public.vk;

ALTER TABLE public.kid2 NO INHERIT public.kid1;

ALTER TABLE public.base DROP CONSTRAINT base_a_check;

ALTER TABLE public.kid2 DROP CONSTRAINT base_a_check;

ALTER TABLE public.base
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b DROP DEFAULT,
    ALTER COLUMN b TYPE character varying(30) USING CASE WHEN length(b) > 30 THEN b || '.' ELSE b END,
    ALTER COLUMN b SET DEFAULT 'y'::character varying,
    ADD COLUMN e integer DEFAULT 9,
    ADD CONSTRAINT base_a_check CHECK (a > 1) NO INHERIT NOT VALID;

ALTER TABLE public.kid1
    ALTER COLUMN b SET DEFAULT 'z'::character varying,
    ALTER COLUMN c TYPE bigint,
    ADD CONSTRAINT kid1_c_check CHECK (c > 0) NOT VALID;

ALTER TABLE public.kid2
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b DROP DEFAULT,
    ALTER COLUMN b TYPE character varying(30) USING CASE WHEN length(b) > 30 THEN b || '.' ELSE b END,
    ALTER COLUMN b SET DEFAULT 'z'::character varying,
    ADD COLUMN e integer DEFAULT 10,
    ALTER COLUMN c TYPE bigint,
    ADD CONSTRAINT kid1_c_check CHECK (c > 0) NOT VALID;

CREATE VIEW public.vk AS
SELECT tableoid::regclass AS r,
    a,
    b
   FROM public.base;

-- reads the existing rows, without blocking writes
--   may fail: base_a_check fails when public.base holds a violating row
--   may fail: kid1_c_check fails when public.kid1 holds a violating row
--   may fail: kid1_c_check fails when public.kid2 holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.base while every row is read
--   lock: SHARE UPDATE EXCLUSIVE on public.kid1 while every row is read
--   lock: SHARE UPDATE EXCLUSIVE on public.kid2 while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.base VALIDATE CONSTRAINT base_a_check;

ALTER TABLE public.kid1 VALIDATE CONSTRAINT kid1_c_check;

ALTER TABLE public.kid2 VALIDATE CONSTRAINT kid1_c_check;
