-- ~1 grant, −2 grants
--   grant widened: authenticated can do more with public.t

REVOKE SELECT (a, id) ON TABLE public.t FROM authenticated;

GRANT SELECT ON TABLE public.t TO authenticated;
