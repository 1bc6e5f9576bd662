-- ~1 grant
--   grant widened: authenticated can do more with public.t

GRANT SELECT, INSERT ON TABLE public.t TO authenticated;
