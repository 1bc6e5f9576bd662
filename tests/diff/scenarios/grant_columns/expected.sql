-- +2 grants
--   grant widened: authenticated can do more with public.t.a
--   grant widened: authenticated can do more with public.t.id

GRANT SELECT (a), UPDATE (a) ON TABLE public.t TO authenticated;

GRANT SELECT (id) ON TABLE public.t TO authenticated;
