-- +1 view, −1 table
--   data loss: table public.item is dropped with its rows
--   lock: ACCESS EXCLUSIVE on public.other briefly

SET lock_timeout = '5s';

DROP VIEW public.w;

DROP MATERIALIZED VIEW public.m;

DROP POLICY p ON public.other;

DROP FUNCTION public.f(public.item);

DROP FUNCTION public.g();

DROP TABLE public.item;

CREATE VIEW public.item AS
SELECT 1 AS id,
    'x'::text AS label;

CREATE FUNCTION public.f(i public.item)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select i.label $function$;

CREATE FUNCTION public.g()
 RETURNS SETOF public.item
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT item.id,
     item.label
    FROM public.item;
END;

CREATE POLICY p ON public.other
    USING (EXISTS ( SELECT
   FROM public.item i
  WHERE i.id = other.id));

CREATE MATERIALIZED VIEW public.m AS
SELECT id
   FROM public.item;

CREATE UNIQUE INDEX m_id ON public.m (id);

CREATE VIEW public.w AS
SELECT id
   FROM public.m;
