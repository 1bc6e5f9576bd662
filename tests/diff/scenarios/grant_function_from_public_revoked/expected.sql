-- ~1 grant
--   incompatible: PUBLIC can do less with public.f()

REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC;
