-- +1 constraint, ~1 table, ~5 columns, ~1 rule, ~1 view
--   incompatible: code that uses the name public.child breaks
--   incompatible: code that uses the name public.par.a breaks
--   incompatible: code that uses the name public.kid.c breaks
--   rewrite: public.kid is rewritten: extra integer becomes numeric
--   incompatible: code that expects public.kid.extra as integer may break
--   rewrite: public.par is rewritten: amount integer becomes bigint
--   incompatible: code that expects public.par.amount as integer may break
--   rewrite: public.par is rewritten: b text becomes character varying(10)
--   incompatible: code that expects public.par.b as text may break
--   may fail: fails when a value of public.par.b does not fit character varying(10)
--   lock: ACCESS EXCLUSIVE on public.child briefly

SET lock_timeout = '5s';

ALTER TABLE public.child RENAME TO kid;

ALTER TABLE public.par RENAME COLUMN a TO amount;

ALTER TABLE public.kid RENAME COLUMN c TO extra;

DROP VIEW public.v;

DROP RULE r ON public.par;

ALTER TABLE public.kid
    ALTER COLUMN extra TYPE numeric,
    ADD CONSTRAINT pos CHECK (extra > 0::numeric) NOT VALID;

ALTER TABLE public.par
    ALTER COLUMN amount TYPE bigint,
    ALTER COLUMN b TYPE character varying(10) USING CASE WHEN length(b) > 10 THEN b || '.' ELSE b END;

CREATE RULE r AS
    ON INSERT TO public.par
   WHERE (new.amount < 1) DO INSTEAD NOTHING;

CREATE VIEW public.v AS
SELECT id,
    amount,
    b
   FROM public.par p;

-- reads the existing rows, without blocking writes
--   may fail: pos fails when public.kid holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.kid while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.kid VALIDATE CONSTRAINT pos;
