-- ~5 grants
--   incompatible: PUBLIC can do less with public.one()

REVOKE USAGE ON TYPE public.mood FROM postgres;

REVOKE UPDATE ON SEQUENCE desk.numbers FROM postgres;

REVOKE EXECUTE ON FUNCTION public.one() FROM PUBLIC, postgres;

REVOKE UPDATE ON TABLE public.drawer FROM postgres;

REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER, MAINTAIN ON TABLE public.drawers FROM postgres;
