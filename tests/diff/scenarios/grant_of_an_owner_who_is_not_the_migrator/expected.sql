-- ~1 grant
--   incompatible: anon can do less with public.t

SET ROLE service_role;

REVOKE SELECT ON TABLE public.t FROM anon;

SET ROLE postgres;
