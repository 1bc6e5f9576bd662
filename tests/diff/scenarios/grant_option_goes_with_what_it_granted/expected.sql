-- ~1 grant
--   incompatible: authenticated can do less with public.t
--   incompatible: anon can do less with public.t

SET ROLE anon;

REVOKE SELECT ON TABLE public.t FROM authenticated;

SET ROLE postgres;

REVOKE SELECT ON TABLE public.t FROM anon;
