-- ~2 columns
--   rewrite: public.u is rewritten: c public.c becomes text
--   rewrite: public.u is rewritten: d public.dv becomes text
--   incompatible: code that uses public.u.g breaks
--   rewrite: public.u is rewritten: m public.m becomes text
--   rewrite: public.u is rewritten: y public.v[] becomes text
--   rewrite: public.u is rewritten: x public.v becomes text
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   data loss: public.t.b loses digits after the point: numeric(10,4) becomes numeric(10,2)
--   rewrite: public.t is rewritten: b numeric(10,4) becomes numeric(10,2)
--   incompatible: code that expects public.t.b as numeric(10,4) may break
--   rewrite: public.u is rewritten: m text becomes public.m
--   rewrite: public.u is rewritten: x text becomes public.v
--   may fail: fails when a value of public.u.x does not fit public.v
--   data loss: rows of public.v in public.u.x lose digits after the point of b: numeric(10,4) becomes numeric(10,2)
--   rewrite: public.u is rewritten: y text becomes public.v[]
--   may fail: fails when a value of public.u.y does not fit public.v[]
--   data loss: rows of public.v in public.u.y lose digits after the point of b: numeric(10,4) becomes numeric(10,2)
--   rewrite: public.u is rewritten: d text becomes public.dv
--   may fail: fails when a value of public.u.d does not fit public.dv
--   data loss: rows of public.v in public.u.d lose digits after the point of b: numeric(10,4) becomes numeric(10,2)
--   rewrite: public.u is rewritten: c text becomes public.c
--   may fail: fails when a value of public.u.c does not fit public.c
--   data loss: rows of public.v in public.u.c lose digits after the point of b: numeric(10,4) becomes numeric(10,2)
--   rewrite: public.u is rewritten: every row gets its own value of g

SET lock_timeout = '5s';

DROP INDEX public.u_x_idx;

ALTER TABLE public.u
    ALTER COLUMN c TYPE text,
    ALTER COLUMN d TYPE text,
    DROP COLUMN g,
    ALTER COLUMN m TYPE text,
    ALTER COLUMN y DROP DEFAULT,
    ALTER COLUMN y TYPE text,
    DROP CONSTRAINT u_x_check,
    ALTER COLUMN x TYPE text;

DROP FUNCTION public.f(public.v);

DROP TYPE public.c;

DROP MATERIALIZED VIEW public.m;

DROP DOMAIN public.dv;

DROP VIEW public.v;

ALTER TABLE public.t
    ALTER COLUMN a TYPE bigint,
    ALTER COLUMN b TYPE numeric(10,2);

CREATE MATERIALIZED VIEW public.m AS
SELECT a
   FROM public.t;

ALTER TABLE public.u ALTER COLUMN m TYPE public.m USING m::public.m;

CREATE VIEW public.v AS
SELECT a,
    b
   FROM public.t;

CREATE TYPE public.c AS (
    v public.v,
    m public.m[]
);

CREATE DOMAIN public.dv AS public.v;

CREATE FUNCTION public.f(public.v)
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;

ALTER TABLE public.u
    ALTER COLUMN x TYPE public.v USING x::public.v,
    ALTER COLUMN y TYPE public.v[] USING y::public.v[],
    ALTER COLUMN y SET DEFAULT '{}'::public.v[],
    ALTER COLUMN d TYPE public.dv USING d::public.dv,
    ALTER COLUMN c TYPE public.c USING c::public.c,
    ADD COLUMN g integer GENERATED ALWAYS AS ((x).a) STORED,
    ADD CONSTRAINT u_x_check CHECK ((x).b > 0::numeric) NOT VALID;

CREATE INDEX u_x_idx ON public.u (x);

GRANT SELECT ON TABLE public.v TO anon;

-- reads the existing rows, without blocking writes
--   may fail: u_x_check fails when public.u holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.u while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.u VALIDATE CONSTRAINT u_x_check;
