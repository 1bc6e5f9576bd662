-- +1 column, +1 function, +1 policy, +1 view, +1 materialized view
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ADD COLUMN c integer;

CREATE FUNCTION public.g()
 RETURNS bigint
 LANGUAGE sql
BEGIN ATOMIC
 SELECT sum(f.c) AS sum
    FROM public.f() f;
END;

CREATE POLICY p ON public.t
    USING (a IN ( SELECT z.c
   FROM public.f() z));

CREATE MATERIALIZED VIEW public.m AS
SELECT c
   FROM public.f() f;

CREATE VIEW public.v AS
SELECT x.b,
    o.ordinality
   FROM public.f() WITH ORDINALITY o,
    public.f() x;
