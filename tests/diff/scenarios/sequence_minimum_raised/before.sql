CREATE SEQUENCE public.n;
CREATE SEQUENCE public.used;
SELECT setval('public.used', 500);
