-- ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP VIEW public.v2;

DROP VIEW public.v1;

ALTER TABLE public.t ALTER COLUMN a TYPE text;

CREATE VIEW public.v1 WITH (security_invoker = true) AS
SELECT id,
    a
   FROM public.t;

CREATE VIEW public.v2 WITH (security_invoker = true) AS
SELECT a
   FROM public.v1;

GRANT SELECT ON TABLE public.v2 TO authenticated;
