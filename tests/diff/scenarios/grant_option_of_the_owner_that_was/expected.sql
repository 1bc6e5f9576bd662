-- ~2 grants, ~1 owner
--   incompatible: anon can do less with public.t
--   incompatible: service_role owns public.t from now on
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

GRANT CREATE ON SCHEMA public TO service_role;

REVOKE SELECT ON TABLE public.t FROM anon;

ALTER TABLE public.t OWNER TO service_role;

GRANT UPDATE ON TABLE public.t TO postgres WITH GRANT OPTION;
