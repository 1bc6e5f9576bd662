-- ~1 grant
--   incompatible: anon can do less with public.t

GRANT SELECT ON TABLE public.t TO authenticated;

SET ROLE anon;

REVOKE SELECT ON TABLE public.t FROM authenticated;

SET ROLE postgres;

REVOKE SELECT ON TABLE public.t FROM anon;
