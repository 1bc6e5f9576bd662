-- ~6 grants
--   incompatible: authenticated can do less with app
--   incompatible: anon can do less with public.f()
--   incompatible: authenticated can do less with public.s
--   incompatible: authenticated can do less with public."T"."B c"
--   incompatible: anon can do less with public."T"."B c"
--   incompatible: authenticated can do less with public."T".id
--   incompatible: authenticated can do less with public.v

SET ROLE anon;

REVOKE USAGE ON SCHEMA app FROM authenticated;

SET ROLE postgres;

REVOKE GRANT OPTION FOR USAGE ON SCHEMA app FROM anon;

GRANT EXECUTE ON FUNCTION public.f() TO authenticated;

SET ROLE anon;

REVOKE EXECUTE ON FUNCTION public.f() FROM authenticated;

SET ROLE postgres;

REVOKE EXECUTE ON FUNCTION public.f() FROM anon;

SET ROLE anon;

REVOKE USAGE ON SEQUENCE public.s FROM authenticated;

SET ROLE postgres;

GRANT SELECT ("B c") ON TABLE public."T" TO service_role;

SET ROLE authenticated;

REVOKE SELECT ("B c") ON TABLE public."T" FROM service_role;

SET ROLE postgres;

SET ROLE anon;

REVOKE SELECT ("B c") ON TABLE public."T" FROM authenticated;

SET ROLE postgres;

REVOKE SELECT ("B c") ON TABLE public."T" FROM anon;

SET ROLE anon;

REVOKE SELECT (id) ON TABLE public."T" FROM authenticated;

SET ROLE postgres;

GRANT SELECT ON TABLE public.v TO service_role WITH GRANT OPTION;

SET ROLE authenticated;

REVOKE SELECT ON TABLE public.v FROM service_role;

SET ROLE postgres;

SET ROLE anon;

REVOKE SELECT ON TABLE public.v FROM authenticated;

SET ROLE postgres;

REVOKE GRANT OPTION FOR SELECT, INSERT ON TABLE public.v FROM anon;
