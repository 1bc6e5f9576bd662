-- +1 function, −1 function
--   incompatible: code that uses public.t.g breaks
--   rewrite: public.u is rewritten: p public.pos becomes text
--   rewrite: public.u is rewritten: q public.pos[] becomes text
--   incompatible: code that calls public.ok(integer) breaks
--   rewrite: public.t is rewritten: every row gets its own value of g
--   may fail: ex fails when public.t holds a conflicting row
--   rewrite: public.u is rewritten: p text becomes public.pos
--   rewrite: public.u is rewritten: q text becomes public.pos[]

SET lock_timeout = '5s';

DROP VIEW public.agg;

DROP MATERIALIZED VIEW public.mv;

DROP VIEW public.v;

DROP POLICY po ON public.t;

DROP TRIGGER tr ON public.t;

DROP STATISTICS public.st;

DROP INDEX public.t_ok;

DROP INDEX public.t_part;

ALTER TABLE public.t
    DROP COLUMN g,
    DROP CONSTRAINT c,
    DROP CONSTRAINT ex,
    ALTER COLUMN n DROP DEFAULT;

ALTER TABLE public.u
    ALTER COLUMN p TYPE text,
    ALTER COLUMN q TYPE text;

DROP AGGREGATE public.all_ok(integer);

DROP FUNCTION public.caller(integer);

DROP FUNCTION public.def(boolean);

DROP PROCEDURE public.proc(integer);

DROP FUNCTION public.step(boolean, integer);

DROP DOMAIN public.pos;

DROP FUNCTION public.ok(integer);

CREATE FUNCTION public.ok(a integer, b text DEFAULT NULL::text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select a > 0 $function$;

CREATE DOMAIN public.pos AS integer DEFAULT 
CASE
    WHEN public.ok(1) THEN 1
    ELSE 2
END
    CONSTRAINT pos_ok CHECK (public.ok(VALUE))
    CONSTRAINT small CHECK (VALUE < 1000000);

CREATE FUNCTION public.caller(a integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
BEGIN ATOMIC
 SELECT public.ok(a) AS ok;
END;

CREATE FUNCTION public.def(a boolean DEFAULT public.ok(3))
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN a;

CREATE PROCEDURE public.proc(IN a integer)
 LANGUAGE sql
BEGIN ATOMIC
 SELECT public.ok(a) AS ok;
END;

CREATE FUNCTION public.step(s boolean, a integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN (s AND public.ok(a));

CREATE AGGREGATE public.all_ok(integer) (
    SFUNC = public.step,
    STYPE = boolean
);

ALTER TABLE public.t
    ALTER COLUMN n SET DEFAULT 
CASE
    WHEN public.ok(1) THEN 1
    ELSE 2
END,
    ADD COLUMN g boolean GENERATED ALWAYS AS (public.ok(id)) STORED,
    ADD CONSTRAINT ex EXCLUDE USING btree (public.ok(n) WITH =) WHERE (n > 100),
    ADD CONSTRAINT c CHECK (public.ok(id)) NOT VALID;

CREATE INDEX t_ok ON public.t (public.ok(n));

CREATE INDEX t_part ON public.t (id) WHERE public.ok(id);

CREATE STATISTICS public.st ON public.ok(n), public.ok(id) FROM public.t;

CREATE TRIGGER tr BEFORE UPDATE ON public.t FOR EACH ROW WHEN (public.ok(new.id)) EXECUTE FUNCTION public.tf();

CREATE POLICY po ON public.t
    USING (public.ok(id))
    WITH CHECK (n > 0);

ALTER TABLE public.u
    ALTER COLUMN p TYPE public.pos USING p::public.pos,
    ALTER COLUMN q TYPE public.pos[] USING q::public.pos[];

CREATE VIEW public.agg AS
SELECT public.all_ok(id) AS all_ok
   FROM public.t;

CREATE VIEW public.v AS
SELECT id
   FROM public.t
  WHERE public.ok(id);

CREATE MATERIALIZED VIEW public.mv AS
SELECT id
   FROM public.v;

CREATE INDEX mv_id ON public.mv (id);

CREATE RULE r AS
    ON UPDATE TO public.v
   WHERE public.ok(new.id) DO INSTEAD NOTHING;

-- reads the existing rows, without blocking writes
--   may fail: c fails when public.t holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT c;
