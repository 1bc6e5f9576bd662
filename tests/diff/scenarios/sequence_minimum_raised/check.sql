SELECT nextval('public.n') = 100;
SELECT nextval('public.used') = 501;
