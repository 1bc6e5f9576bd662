-- ~1 grant
--   grant widened: PUBLIC can do more with public.t

GRANT SELECT ON TABLE public.t TO PUBLIC;
