-- +1 schema, +1 policy, ~2 enums, ~1 table, ~5 columns, ~2 constraints, ~1 index, ~1 function, ~1 view, −1 policy
--   incompatible: code that uses the name public.t breaks
--   incompatible: code that uses the name public.st breaks
--   incompatible: code that uses the name public.k.t_id breaks
--   incompatible: code that uses the name public.v breaks
--   incompatible: policy p no longer lets PUBLIC reach rows of app.u
--   rewrite: app.u is rewritten: id integer becomes bigint
--   incompatible: code that expects app.u.id as integer may break
--   rewrite: app.u is rewritten: a text becomes integer
--   incompatible: code that expects app.u.a as text may break
--   may fail: fails when a value of app.u.a does not fit integer
--   incompatible: code that expects a value in app.u.a may meet NULL
--   rewrite: public.k is rewritten: u_id integer becomes bigint
--   incompatible: code that expects public.k.u_id as integer may break
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE SCHEMA app;

ALTER TABLE public.t SET SCHEMA app;

ALTER TABLE app.t RENAME TO u;

ALTER TYPE public.st SET SCHEMA app;

ALTER TYPE app.st RENAME TO state;

ALTER TABLE public.k RENAME COLUMN t_id TO u_id;

ALTER VIEW public.v RENAME TO w;

ALTER TABLE app.u RENAME CONSTRAINT t_pkey TO u_pkey;

ALTER TABLE public.k RENAME CONSTRAINT k_t_id_fkey TO k_u_id_fkey;

DROP VIEW public.w;

DROP POLICY p ON app.u;

DROP INDEX app.i_a;

ALTER TYPE app.state ADD VALUE 'mid' AFTER 'new';

ALTER TABLE app.u
    ALTER COLUMN id TYPE bigint,
    ALTER COLUMN a DROP DEFAULT,
    ALTER COLUMN a TYPE integer USING a::integer,
    ALTER COLUMN a DROP NOT NULL;

CREATE OR REPLACE FUNCTION public.f()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select count(*) from app.u where a is not null$function$;

ALTER TABLE app.u ALTER COLUMN s DROP DEFAULT;

CREATE INDEX i_a ON app.u (a DESC);

CREATE POLICY p2 ON app.u
    USING (a <> 3);

ALTER TABLE public.k
    ALTER COLUMN u_id TYPE bigint,
    ADD CONSTRAINT k_u_id_not_null CHECK (u_id IS NOT NULL) NOT VALID;

CREATE VIEW public.w AS
SELECT id,
    a
   FROM app.u
  WHERE s = 'new'::app.state;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.k has no u_id
--   incompatible: code that writes NULL to public.k.u_id breaks
--   lock: ACCESS EXCLUSIVE on public.k while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.k VALIDATE CONSTRAINT k_u_id_not_null;

ALTER TABLE public.k ALTER COLUMN u_id SET NOT NULL;

ALTER TABLE public.k DROP CONSTRAINT k_u_id_not_null;
