-- +1 view

CREATE VIEW public.v WITH (security_invoker = true) AS
SELECT id,
    a
   FROM public.t
  WHERE a IS NOT NULL;
