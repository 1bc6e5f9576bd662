-- ~1 grant, ~8 owners
--   incompatible: service_role owns public.e from now on
--   incompatible: service_role owns public.f() from now on
--   incompatible: service_role owns public.g(integer) from now on
--   incompatible: service_role owns public.p(integer) from now on
--   incompatible: service_role owns public.s from now on
--   incompatible: service_role owns public.t from now on
--   incompatible: service_role owns public.m from now on
--   incompatible: service_role owns public.v from now on
--   lock: ACCESS EXCLUSIVE on public.m briefly
--   lock: ACCESS EXCLUSIVE on public.s briefly
--   lock: ACCESS EXCLUSIVE on public.t briefly
--   lock: ACCESS EXCLUSIVE on public.v briefly

SET lock_timeout = '5s';

GRANT CREATE ON SCHEMA public TO service_role;

ALTER TYPE public.e OWNER TO service_role;

ALTER FUNCTION public.f() OWNER TO service_role;

ALTER FUNCTION public.g(integer) OWNER TO service_role;

ALTER PROCEDURE public.p(integer) OWNER TO service_role;

ALTER SEQUENCE public.s OWNER TO service_role;

ALTER TABLE public.t OWNER TO service_role;

ALTER MATERIALIZED VIEW public.m OWNER TO service_role;

ALTER VIEW public.v OWNER TO service_role;
