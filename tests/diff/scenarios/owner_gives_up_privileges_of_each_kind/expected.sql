-- +1 grant, ~6 grants

REVOKE CREATE ON SCHEMA dsch FROM postgres;

REVOKE USAGE ON TYPE public.de FROM postgres;

REVOKE EXECUTE ON FUNCTION public.df() FROM postgres;

REVOKE USAGE ON SEQUENCE public.ds FROM postgres;

REVOKE ALL ON TABLE public.drawer FROM postgres;

GRANT SELECT (id) ON TABLE public.drawer TO postgres;

REVOKE INSERT, UPDATE ON TABLE public.dv FROM postgres;
