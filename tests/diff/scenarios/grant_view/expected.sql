-- ~1 grant
--   grant widened: anon can do more with public.v

GRANT SELECT ON TABLE public.v TO anon;
