-- ~1 domain, ~1 column, ~1 trigger
--   rewrite: public.t is rewritten: c moves to the new public.code[]
--   may fail: fails when a row of public.t holds a value of c that no longer exists
--   rewrite: public.t is rewritten: id moves to the new public.code
--   may fail: fails when a row of public.t holds a value of id that no longer exists
--   rewrite: public.u is rewritten: t moves to the new public.code
--   may fail: fails when a row of public.u holds a value of t that no longer exists

SET lock_timeout = '5s';

DROP VIEW public.v;

DROP TRIGGER tr ON public.t;

ALTER TABLE public.t ALTER COLUMN n DROP DEFAULT;

ALTER TABLE public.u DROP CONSTRAINT u_t_fkey;

DROP FUNCTION public.f(public.code);

DROP PROCEDURE public.pr(public.code);

ALTER TABLE public.t ALTER COLUMN c DROP DEFAULT;

ALTER TYPE public.code RENAME TO code__old;

CREATE DOMAIN public.code AS text COLLATE pg_catalog."C" DEFAULT 'x'::text CONSTRAINT code_not_null NOT NULL
    CONSTRAINT code_check CHECK (length(VALUE) > 0);

ALTER TABLE public.t
    ALTER COLUMN c TYPE public.code[] USING c::character varying(5)[],
    ALTER COLUMN c SET DEFAULT '{a}'::public.code[],
    ALTER COLUMN id TYPE public.code USING id::character varying(5);

ALTER TABLE public.u ALTER COLUMN t TYPE public.code USING t::character varying(5);

DROP DOMAIN public.code__old;

CREATE FUNCTION public.f(public.code)
 RETURNS public.code[]
 LANGUAGE sql
AS $function$ select array[$1] $function$;

CREATE PROCEDURE public.pr(INOUT a public.code)
 LANGUAGE plpgsql
AS $procedure$ begin a := 'x'; end $procedure$;

ALTER TABLE public.t ALTER COLUMN n SET DEFAULT length((('x'::text)::public.code)::text);

CREATE TRIGGER tr AFTER UPDATE OF id ON public.t FOR EACH ROW WHEN (new.id::text <> 'y'::text::public.code::text) EXECUTE FUNCTION suppress_redundant_updates_trigger();

ALTER TABLE public.u ADD CONSTRAINT u_t_fkey FOREIGN KEY (t) REFERENCES public.t(id) NOT VALID;

CREATE VIEW public.v AS
SELECT id::text || 'x'::text AS a
   FROM public.t;

-- reads the existing rows, without blocking writes
--   may fail: u_t_fkey fails when public.u holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.u while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.u VALIDATE CONSTRAINT u_t_fkey;
