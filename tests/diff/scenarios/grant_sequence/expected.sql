-- ~1 grant
--   grant widened: authenticated can do more with public.s

GRANT SELECT, USAGE ON SEQUENCE public.s TO authenticated;
