-- +2 grants
--   grant widened: authenticated can do more with public.t.a
--   grant widened: authenticated can do more with public.t.id

GRANT SELECT (a, id), UPDATE (a) ON TABLE public.t TO authenticated;
