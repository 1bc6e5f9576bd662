-- ~1 column
--   rewrite: public.t is rewritten: n integer becomes bigint
--   incompatible: code that expects public.t.n as integer may break

SET lock_timeout = '5s';

DROP VIEW public.v;

ALTER TABLE public.t ALTER COLUMN n TYPE bigint;

CREATE VIEW public.v WITH (security_invoker = true) AS
SELECT id,
    n
   FROM public.t;
