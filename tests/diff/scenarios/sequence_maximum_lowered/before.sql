CREATE SEQUENCE public.n;
SELECT setval('public.n', 500);
CREATE SEQUENCE public.down INCREMENT -1;
SELECT setval('public.down', -5);
