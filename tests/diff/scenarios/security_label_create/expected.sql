-- +1 table, +18 security labels
--   may fail: no label provider is loaded here: whether "Two words" takes its labels is not proven
--   may fail: no label provider is loaded here: whether anon takes its labels is not proven
--   may fail: no label provider is loaded here: whether pgsodium takes its labels is not proven

SECURITY LABEL FOR "Two words" ON SCHEMA tools IS 'TRUSTED';

SECURITY LABEL FOR anon ON TYPE public.mood IS 'x';

SECURITY LABEL FOR anon ON TYPE public.pair IS 'x';

SECURITY LABEL FOR anon ON COLUMN public.pair.b IS 'x';

SECURITY LABEL FOR anon ON DOMAIN public.short IS 'x';

SECURITY LABEL FOR anon ON FUNCTION public.f(integer, public.pair[]) IS '';

SECURITY LABEL FOR anon ON PROCEDURE public.p() IS 'x';

SECURITY LABEL FOR anon ON SEQUENCE public.s IS 'x';

SECURITY LABEL FOR anon ON AGGREGATE public.total(integer) IS 'x';

CREATE TABLE public.made (
    id integer
);

SECURITY LABEL FOR pgsodium ON COLUMN public.made.id IS 'the only provider';

SECURITY LABEL FOR anon ON TABLE public.made IS 'x';

SECURITY LABEL FOR pgsodium ON COLUMN public.t."Odd Name" IS 'a
b';

SECURITY LABEL FOR anon ON COLUMN public.t.secret IS 'MASKED WITH VALUE null';

SECURITY LABEL FOR pgsodium ON COLUMN public.t.secret IS 'ENCRYPT WITH KEY ID it''s';

SECURITY LABEL FOR pgsodium ON TABLE public.t IS 'ENCRYPT';

SECURITY LABEL FOR anon ON PUBLICATION pub IS 'x';

SECURITY LABEL FOR anon ON MATERIALIZED VIEW public.m IS 'x';

SECURITY LABEL FOR anon ON COLUMN public.m.id IS 'x';

SECURITY LABEL FOR anon ON VIEW public.v IS 'x';

SECURITY LABEL FOR anon ON COLUMN public.v.secret IS 'x';
