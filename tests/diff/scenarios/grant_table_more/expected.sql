-- ~1 grant
--   grant widened: authenticated can do more with public.t

GRANT UPDATE, DELETE ON TABLE public.t TO authenticated;
