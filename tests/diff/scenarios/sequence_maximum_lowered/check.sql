SELECT last_value = 100 AND is_called FROM public.n;
SELECT nextval('public.down') = -10;
