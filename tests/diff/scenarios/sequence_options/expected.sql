-- ~1 sequence

SELECT setval('public.s', 1000, true) FROM public.s WHERE last_value > 1000;

ALTER SEQUENCE public.s INCREMENT BY 2 MAXVALUE 1000 CACHE 10 CYCLE;
