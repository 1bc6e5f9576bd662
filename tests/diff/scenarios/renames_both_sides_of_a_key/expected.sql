-- ~2 tables, ~4 columns, ~4 constraints
--   incompatible: code that uses the name public.a breaks
--   incompatible: code that uses the name public.b breaks
--   incompatible: code that uses the name public.a2.n breaks
--   incompatible: code that uses the name public.b2.a_n breaks
--   rewrite: public.a2 is rewritten: m integer becomes bigint
--   incompatible: code that expects public.a2.m as integer may break
--   rewrite: public.b2 is rewritten: a_m integer becomes bigint
--   incompatible: code that expects public.b2.a_m as integer may break
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.a RENAME TO a2;

ALTER TABLE public.b RENAME TO b2;

ALTER TABLE public.a2 RENAME COLUMN n TO m;

ALTER TABLE public.b2 RENAME COLUMN a_n TO a_m;

ALTER TABLE public.a2 RENAME CONSTRAINT a_n_key TO a2_m_key;

ALTER TABLE public.a2 RENAME CONSTRAINT a_pkey TO a2_pkey;

ALTER TABLE public.b2 RENAME CONSTRAINT b_a_n_fkey TO b2_a_m_fkey;

ALTER TABLE public.b2 RENAME CONSTRAINT b_pkey TO b2_pkey;

ALTER TABLE public.a2 ALTER COLUMN m TYPE bigint;

ALTER TABLE public.b2
    ALTER COLUMN a_m TYPE bigint,
    ADD CONSTRAINT b2_a_m_not_null CHECK (a_m IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.b2 has no a_m
--   incompatible: code that writes NULL to public.b2.a_m breaks
--   lock: ACCESS EXCLUSIVE on public.b2 while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b2 VALIDATE CONSTRAINT b2_a_m_not_null;

ALTER TABLE public.b2 ALTER COLUMN a_m SET NOT NULL;

ALTER TABLE public.b2 DROP CONSTRAINT b2_a_m_not_null;
