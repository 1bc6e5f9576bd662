-- ~2 sequences

SELECT setval('public.down', -1000, true) FROM public.down WHERE last_value < -1000;

SELECT setval('public.down', -10, false) FROM public.down WHERE last_value > -10;

ALTER SEQUENCE public.down MINVALUE -1000 MAXVALUE -10 START WITH -10;

SELECT setval('public.n', 100, true) FROM public.n WHERE last_value > 100;

ALTER SEQUENCE public.n MAXVALUE 100;
