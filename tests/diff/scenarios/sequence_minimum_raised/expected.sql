-- ~2 sequences

SELECT setval('public.n', 100, false) FROM public.n WHERE last_value < 100;

ALTER SEQUENCE public.n MINVALUE 100 START WITH 100;

SELECT setval('public.used', 100, false) FROM public.used WHERE last_value < 100;

ALTER SEQUENCE public.used MINVALUE 100 START WITH 100;
