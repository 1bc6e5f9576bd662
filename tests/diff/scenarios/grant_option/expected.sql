-- ~1 grant
--   grant widened: authenticated can do more with public.t

GRANT SELECT ON TABLE public.t TO authenticated WITH GRANT OPTION;
