-- +1 domain, +1 composite type, +1 view, ~1 column, ~1 constraint, −1 enum, −1 sequence, −1 table
--   rewrite: public.t is rewritten: n public.x[] becomes text
--   rewrite: public.t is rewritten: x public.x becomes text
--   data loss: table public.y is dropped with its rows
--   incompatible: code that reads public.y breaks
--   data loss: sequence public.z is dropped with its current value
--   rewrite: public.t is rewritten: x text becomes public.x
--   may fail: fails when a value of public.t.x does not fit public.x
--   rewrite: public.t is rewritten: n text becomes public.x[]
--   may fail: fails when a value of public.t.n does not fit public.x[]

SET lock_timeout = '5s';

DROP VIEW public.v;

DROP INDEX public.t_x_idx;

ALTER TABLE public.t
    ALTER COLUMN n DROP DEFAULT,
    ALTER COLUMN n TYPE text,
    DROP CONSTRAINT t_x_check,
    ALTER COLUMN x DROP DEFAULT,
    ALTER COLUMN x TYPE text;

DROP TABLE public.y;

DROP FUNCTION public.f(public.x);

DROP SEQUENCE public.z;

DROP TYPE public.x;

CREATE DOMAIN public.x AS text
    CONSTRAINT x_check CHECK (VALUE = ANY (ARRAY['a'::text, 'b'::text]));

CREATE TYPE public.y AS (
    id integer
);

CREATE FUNCTION public.f(public.x)
 RETURNS public.x
 LANGUAGE sql
 IMMUTABLE
AS $function$select $1$function$;

ALTER TABLE public.t
    ALTER COLUMN x TYPE public.x,
    ALTER COLUMN x SET DEFAULT 'a'::text,
    ALTER COLUMN n TYPE public.x[] USING n::text[],
    ALTER COLUMN n SET DEFAULT '{b}'::public.x[],
    ADD CONSTRAINT t_x_check CHECK (x::text <> 'b'::text) NOT VALID;

CREATE INDEX t_x_idx ON public.t (x);

CREATE VIEW public.v AS
SELECT x
   FROM public.t;

CREATE VIEW public.z AS
SELECT 1 AS one;

-- reads the existing rows, without blocking writes
--   may fail: t_x_check fails when public.t holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT t_x_check;
