-- ~1 view

DROP VIEW public.v2;

DROP VIEW public.v1;

CREATE VIEW public.v1 AS
SELECT id,
    a
   FROM public.t;

CREATE VIEW public.v2 AS
SELECT id,
    a
   FROM public.v1;
