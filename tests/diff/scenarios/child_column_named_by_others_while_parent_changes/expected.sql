-- ~1 column
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   lock: ACCESS EXCLUSIVE on public.u briefly
--   lock: ACCESS EXCLUSIVE on public.w briefly

SET lock_timeout = '5s';

DROP VIEW public.v;

DROP VIEW public.x;

ALTER PUBLICATION p DROP TABLE ONLY public.u;

DROP TRIGGER g ON public.u;

ALTER PUBLICATION p DROP TABLE public.w;

DROP POLICY p ON public.w;

DROP RULE r ON public.w;

DROP FUNCTION public.f();

ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

CREATE FUNCTION public.f()
 RETURNS bigint
 LANGUAGE sql
BEGIN ATOMIC
 SELECT count(w.a) AS count
    FROM public.w;
END;

CREATE TRIGGER g BEFORE UPDATE OF a ON public.u FOR EACH ROW WHEN (old.a > 0) EXECUTE FUNCTION suppress_redundant_updates_trigger();

ALTER PUBLICATION p ADD TABLE ONLY public.u (id, a);

CREATE RULE r AS
    ON DELETE TO public.w
   WHERE (old.a > 0) DO INSTEAD NOTHING;

CREATE POLICY p ON public.w
    USING (a > 0);

ALTER PUBLICATION p ADD TABLE public.w (a);

CREATE VIEW public.v AS
SELECT a,
    z
   FROM public.u;

CREATE VIEW public.x AS
SELECT a
   FROM public.w
  WHERE a > 0;
