-- ~3 grants
--   incompatible: anon can do less with public.t
--   incompatible: anon can do less with public.t.a
--   grant widened: anon can do more with public.t.a
--   grant widened: anon can do more with public.t.b
--   incompatible: anon can do less with public.v
--   grant widened: anon can do more with public.v

REVOKE SELECT, INSERT ON TABLE public.t FROM anon;

REVOKE UPDATE (a) ON TABLE public.t FROM anon;

GRANT SELECT (a, b) ON TABLE public.t TO anon;

REVOKE SELECT ON TABLE public.v FROM anon;

GRANT SELECT (b) ON TABLE public.v TO anon;
