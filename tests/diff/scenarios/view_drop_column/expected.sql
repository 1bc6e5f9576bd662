-- ~1 view

DROP VIEW public.v;

CREATE VIEW public.v AS
SELECT id,
    b
   FROM public.t;
