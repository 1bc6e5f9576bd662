-- +1 schema, ~2 enums, ~2 domains, ~2 sequences, ~1 table, ~2 functions, ~2 views (new enum values, committed before they are used)
--   incompatible: code that uses the name public.t breaks
--   incompatible: code that uses the name public.k breaks
--   incompatible: code that uses the name public.d breaks
--   incompatible: code that uses the name public.s breaks
--   incompatible: code that uses the name public.f(integer) breaks
--   incompatible: code that uses the name public.v breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE SCHEMA app;

ALTER TABLE public.t SET SCHEMA app;

ALTER TYPE public.k SET SCHEMA app;

ALTER DOMAIN public.d SET SCHEMA app;

ALTER SEQUENCE public.s SET SCHEMA app;

ALTER FUNCTION public.f(integer) SET SCHEMA app;

ALTER VIEW public.v SET SCHEMA app;

ALTER TYPE app.k ADD VALUE 'c' AFTER 'a';

-- ~2 columns
--   may fail: d_check fails when a column of app.d holds a violating value
--   rewrite: app.t is rewritten: n text becomes character varying(20)
--   incompatible: code that expects app.t.n as text may break
--   may fail: fails when a value of app.t.n does not fit character varying(20)
--   lock: ACCESS EXCLUSIVE on public.w briefly

SET lock_timeout = '5s';

DROP VIEW app.v;

ALTER DOMAIN app.d DROP CONSTRAINT d_check;

ALTER DOMAIN app.d ADD CONSTRAINT d_check CHECK (VALUE > 1);

CREATE OR REPLACE FUNCTION app.f(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select 2$function$;

ALTER SEQUENCE app.s INCREMENT BY 2;

ALTER TABLE app.t ALTER COLUMN n TYPE character varying(20) USING CASE WHEN length(n) > 20 THEN n || '.' ELSE n END;

ALTER TABLE public.w ALTER COLUMN k SET DEFAULT 'c'::app.k;

CREATE VIEW app.v AS
SELECT n,
    1 AS one
   FROM app.t;
