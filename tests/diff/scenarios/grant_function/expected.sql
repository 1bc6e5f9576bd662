-- ~1 grant
--   grant widened: anon can do more with public.f()

GRANT EXECUTE ON FUNCTION public.f() TO anon;
